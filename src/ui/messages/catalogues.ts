import { createPiece, type Piece } from '../parts/piece.js';
import type { Catalogue } from './Catalogue.js';

/** Translations other than English, each loaded when it is asked for. */
const catalogues: Readonly<Record<string, Piece<Catalogue>>> = {
  de: createPiece(() => import('./de.js').then((module) => module.de)),
  ar: createPiece(() => import('./ar.js').then((module) => module.ar)),
};

/** The translation for a locale: its language's, whatever its region. None for English and for languages we do not have. */
export const catalogueFor = (locale: string): Piece<Catalogue> | undefined => catalogues[locale.split('-')[0] ?? ''];

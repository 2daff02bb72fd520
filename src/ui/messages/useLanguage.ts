import { useMemo } from 'react';
import { emptyPiece, usePiece } from '../parts/piece.js';
import type { MessageOverrides } from './Catalogue.js';
import { catalogueFor } from './catalogues.js';
import { createLanguage, type Language } from './Language.js';

/** The language for a locale, or undefined until its translation is loaded. A translation that does not load gives English. */
export function useLanguage(locale = 'en', overrides?: MessageOverrides): Language | undefined {
  const state = usePiece(catalogueFor(locale) ?? emptyPiece);
  const isWaiting = state.status === 'idle' || state.status === 'loading';
  const catalogue = state.status === 'ready' ? state.value : undefined;
  const spoken = state.status === 'failed' ? 'en' : locale;
  const language = useMemo(() => createLanguage(spoken, catalogue, overrides), [spoken, catalogue, overrides]);
  return isWaiting ? undefined : language;
}

import type { ComponentType } from 'react';
import type { ScreenName } from '../../controller/screens.js';
import { createPiece, type Piece } from '../parts/piece.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';

/** A screen by whatever name; its name and its props belong together, which the checker cannot follow through a lookup. */
export type AnyScreen = ComponentType<ConnectedScreenProps<ScreenName>>;
export type Screens = { readonly [TName in ScreenName]?: AnyScreen };

/** Loaded when a prompt is likely, and with the first screen at the latest. */
export const proofPiece = createPiece(() =>
  import('./proof.js').then((module) => module.proofScreens as unknown as Screens),
);
/** Loaded when it is wanted, or once a screen is up and the page is idle. */
export const setupPiece = createPiece(() =>
  import('./setup.js').then((module) => module.setupScreens as unknown as Screens),
);

const setup = new Set<ScreenName>(['QrCode', 'PasskeySaved', 'ViewBackupCodes', 'ManageDevices']);

export const pieceOf = (name: ScreenName): Piece<Screens> => (setup.has(name) ? setupPiece : proofPiece);

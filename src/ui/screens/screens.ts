import type { ComponentType } from 'react';
import type { ScreenName } from '../../controller/screens.js';
import { createPiece, type Piece } from '../parts/piece.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';

type ScreenPieces = { readonly [TName in ScreenName]: Piece<ComponentType<ConnectedScreenProps<TName>>> };

/** Each screen by name, loaded when it is wanted or when the page is idle. */
export const screenPieces: ScreenPieces = {
  ChooseType: createPiece(() => import('./ChooseType.js').then((module) => module.ChooseType)),
  QrCode: createPiece(() => import('./QrCode.js').then((module) => module.QrCode)),
  OtpVerification: createPiece(() => import('./OtpVerification.js').then((module) => module.OtpVerification)),
  EnterBackupCodes: createPiece(() => import('./EnterBackupCodes.js').then((module) => module.EnterBackupCodes)),
  RecoveryUsed: createPiece(() => import('./RecoveryUsed.js').then((module) => module.RecoveryUsed)),
  ViewBackupCodes: createPiece(() => import('./ViewBackupCodes.js').then((module) => module.ViewBackupCodes)),
  ManageDevices: createPiece(() => import('./ManageDevices.js').then((module) => module.ManageDevices)),
  Locked: createPiece(() => import('./Locked.js').then((module) => module.Locked)),
  SignInAgain: createPiece(() => import('./SignInAgain.js').then((module) => module.SignInAgain)),
  Success: createPiece(() => import('./Success.js').then((module) => module.Success)),
};

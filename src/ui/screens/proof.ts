import { ChooseType } from './ChooseType.js';
import { EnterBackupCodes } from './EnterBackupCodes.js';
import { Locked } from './Locked.js';
import { OtpVerification } from './OtpVerification.js';
import { PasskeyPrompt } from './PasskeyPrompt.js';
import { Reauthenticate } from './Reauthenticate.js';
import { RecoveryUsed } from './RecoveryUsed.js';
import { Success } from './Success.js';

/** What a person meets on the way to being in: one piece, because any of them may follow any other. */
export const proofScreens = {
  ChooseType,
  EnterBackupCodes,
  Locked,
  OtpVerification,
  PasskeyPrompt,
  Reauthenticate,
  RecoveryUsed,
  Success,
};

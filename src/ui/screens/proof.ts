import { ChooseType } from './ChooseType.js';
import { EnterBackupCodes } from './EnterBackupCodes.js';
import { Locked } from './Locked.js';
import { OtpVerification } from './OtpVerification.js';
import { RecoveryUsed } from './RecoveryUsed.js';
import { SignInAgain } from './SignInAgain.js';
import { Success } from './Success.js';

/** What a person meets on the way to being in: one piece, because any of them may follow any other. */
export const proofScreens = {
  ChooseType,
  EnterBackupCodes,
  Locked,
  OtpVerification,
  RecoveryUsed,
  SignInAgain,
  Success,
};

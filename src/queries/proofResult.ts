import type { ProofResponse } from '../client/proof.js';

/** What the screens need to know of a proof. Session tokens stay in the client. */
export interface ProofResult {
  /** The MFA token, where one was asked for and codes need not be saved first. */
  mfaToken?: string;
  /** All of them, where more than one was asked for. */
  mfaTokens?: string[];
  /** Codes are waiting to be saved. */
  isAcknowledgementPending: boolean;
  /** After a recovery code: how many are left. */
  recoveryCodesLeft?: number;
}

export const toResult = ({ user, mfaToken, mfaTokens, recoveryCodesLeft }: ProofResponse): ProofResult => ({
  mfaToken,
  mfaTokens,
  recoveryCodesLeft,
  isAcknowledgementPending: user.mfaBackupCodeAcknowledgement === 'pending',
});

/** Actions that may need a fresh proof. Applications add names of their own. */
export const MFAAction = {
  WalletWaasSign: 'wallet.waas.sign',
  WalletWaasExport: 'wallet.waas.export',
  WalletWaasReshare: 'wallet.waas.reshare',
  WalletWaasRefresh: 'wallet.waas.refresh',
  WalletWaasOfflineRecoveryTrigger: 'wallet.waas.offline_recovery_trigger',
  UserUpdate: 'user.update',
} as const;
export type MFAAction = (typeof MFAAction)[keyof typeof MFAAction];

/** A published action, or any name the application adds. */
export type ActionName = MFAAction | (string & {});

/** Asks for an MFA token together with a proof: single-use (120 s), or persistent (at most 1 h, ends with the session). */
export interface CreateMfaToken {
  singleUse: boolean;
}

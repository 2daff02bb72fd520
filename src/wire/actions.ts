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

/** How strong a proof an action asks for: a recovery code is enough, a factor, or a factor that resists phishing. */
export const ActionLevel = { Recovery: 'recovery', Factor: 'factor', PhishingResistant: 'phr' } as const;
export type ActionLevel = (typeof ActionLevel)[keyof typeof ActionLevel];

/** Whether a proof counts for one call, or for all of the action's calls until it expires. */
export type TokenBehavior = 'single_use' | 'time_bound';

/** Asks for an MFA token together with a proof: single-use (120 s), or persistent (at most 1 h, ends with the session). */
export interface CreateMfaToken {
  singleUse: boolean;
  /** Ours: that many single-use tokens for one proof, 1 to 10. Not together with what binds to one payload. */
  count?: number;
}

/** Ours: what the token that is asked for will be good for. */
export interface TokenBinding {
  /** This action alone. */
  action?: string;
  /** This JSON object alone, as the protected route will name it. Together with `action`. */
  payload?: Record<string, unknown>;
  /** Instead of both: the challenge of a refusal, which stands for its action and its payload, and is used by this. */
  challengeId?: string;
}

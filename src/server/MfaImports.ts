/** What an operator can bring along from another service. */

/** Somebody who has an account elsewhere: at least one of `email` and `externalUserId`. */
export interface ImportedUser {
  /** The id they keep, up to 64 characters. A new one unless given. */
  id?: string;
  /** The address they sign in with by e-mail code. Import only addresses that have been shown to be theirs. */
  email?: string;
  /** The `sub` of the tokens of your own sign-in. Needs `externalAuth`. */
  externalUserId?: string;
  firstName?: string;
  lastName?: string;
  alias?: string;
  /** Unix milliseconds. Now unless given. */
  createdAt?: number;
}

/** An authenticator app enrolled elsewhere: six digits every 30 seconds over SHA-1, as all common apps make them. */
export interface ImportedTotp {
  userId: string;
  /** Base32, 16 to 64 bytes. Spaces, lower case and padding do not matter. */
  secret: string;
  alias?: string;
  /** Unix milliseconds. Now unless given. */
  createdAt?: number;
  /** When a code of it was last taken there, unix milliseconds: none of that time is taken here again. */
  lastUsedAt?: number;
  /** True where nobody should be shown new recovery codes until they ask for them. */
  acknowledged?: boolean;
}

/** What an operator brings along. */
export interface MfaImports {
  /**
   * Brings a user along, so that the next sign-in by this address or by your own sign-in leads to them. Safe to run again: a
   * user who is there keeps everything, and gets the way in that is missing.
   *
   * Rejects with a `Refusal` of code `invalid_request` for a value that cannot be one, and `invalid_update` where it would
   * change who somebody is: the id, address or subject is another user's, or the user has another one. `payload.field` names it.
   *
   * @example
   * const { userId } = await mfa.admin.importUser({ id: row.id, email: row.email, createdAt: row.created });
   * if (row.totpSecret) await mfa.admin.importTotp({ userId, secret: row.totpSecret });
   */
  importUser(user: ImportedUser): Promise<{ userId: string; isNew: boolean }>;
  /**
   * Brings an authenticator app along, so that its owner signs in here with the codes it shows. It counts as verified. Recovery
   * codes cannot come along, for another service has only their hashes: the first sign-in shows new ones. The same secret
   * again changes nothing. Nobody is notified; other sessions of the user end, as whenever a factor is added.
   *
   * Rejects with a `Refusal` of code `not_found` for an unknown user, `invalid_request` for a secret that is none or too short,
   * and `mfa_totp_already_enrolled` where the user has another app.
   *
   * @example
   * await mfa.admin.importTotp({ userId, secret: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP', alias: 'Phone' });
   */
  importTotp(device: ImportedTotp): Promise<{ deviceId: string; isNew: boolean }>;
}

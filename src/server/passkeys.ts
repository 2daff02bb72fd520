/** Passkeys: challenges that are looked at once, refusals that are remembered, and the use of one (security.md D1, D7). */
import { appendAudit } from './audit.js';
import { auditOrigin, type Call } from './call.js';
import { randomToken, sha256 } from './crypto.js';
import { isMethodEnabled, type MfaPolicy } from './policy.js';
import { tell } from './proofs.js';
import { type Refusal, refuse } from './refusals.js';
import type { ChallengePurpose, ChallengeRecord, PasskeyRecord, UserRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';
import {
  type CeremonyExpectation,
  PasskeyRefusedError,
  readChallenge,
  type VerifiedAuthentication,
} from './webauthn.js';
import { CHALLENGE_MS } from './webauthnOptions.js';

/** Open tabs and second thoughts of one session; a sixth challenge drops the oldest. */
const LIVE_CHALLENGES = 5;

/** Enrolling and signing in; a passkey there is proves somebody also after its method was switched off. */
export const demandPasskeysEnabled = (policy: MfaPolicy): void => {
  if (!isMethodEnabled(policy, 'passkey')) throw refuse('mfa_method_disabled');
};

export const rpIdQuery = {
  relatedOriginRpId: { type: 'string', description: 'Another of the domains in `passkeys.relatedRpIds`.' },
} as const;

/** The domain a ceremony is for: the server's own, or a related one that the request names. */
export const pickRpId = ({ core, query }: Call): string => {
  const related = query.get('relatedOriginRpId');
  if (related === null) return core.rpId;
  if (core.options.passkeys?.relatedRpIds?.includes(related)) return related;
  throw refuse('invalid_request', { payload: { field: 'relatedOriginRpId' } });
};

/** Whose challenge it is; both empty for a sign-in, where nobody is known yet. */
interface Bound {
  purpose: ChallengePurpose;
  userId: string;
  sid: string;
}

/** Makes a challenge and gives it: 256 random bits, of which the database keeps the hash. */
export const createChallenge = async (
  tx: StoreTransaction,
  { core, now }: Call,
  input: Bound & Pick<ChallengeRecord, 'rpId' | 'requiresUserVerification'>,
): Promise<string> => {
  const challenge = randomToken();
  const record = {
    ...input,
    hash: await sha256(challenge),
    environmentId: core.environmentId,
    createdAt: now,
    expiresAt: now + CHALLENGE_MS,
  };
  await tx.createChallenge(record, LIVE_CHALLENGES);
  return challenge;
};

/** What an answer is held against, and when its ceremony was begun. */
export interface Ceremony extends CeremonyExpectation {
  begunAt: number;
}

/**
 * Takes the challenge an answer names, in a transaction of its own and before anything else of the answer is looked at:
 * whatever comes of it, it was the only try. One of another session or for another purpose is as unknown as none.
 */
export const takeChallenge = async (
  { core, now }: Call,
  bound: Bound,
  clientData: { clientDataJSON?: string; clientDataJson?: string },
): Promise<Ceremony> => {
  const challenge = readChallenge(clientData.clientDataJSON ?? clientData.clientDataJson);
  if (challenge === null) throw new PasskeyRefusedError('client_data');
  const taken = { ...bound, hash: await sha256(challenge), environmentId: core.environmentId, now };
  const record = await core.store.transaction((tx) => tx.takeChallenge(taken));
  if (!record) throw refuse('passkey_challenge_expired');
  const { rpId, requiresUserVerification, createdAt } = record;
  return { challenge, origins: core.options.origins, rpId, requiresUserVerification, begunAt: createdAt };
};

/** Who hears of it when an answer is refused, and about which passkey. */
interface Affected {
  userId: string;
  passkeyId: string | null;
}

/** Looks at an answer; which check refused it is kept in the log, and not told to whoever sent it. */
export const judge = async <T>(call: Call, affected: Affected | null, look: () => Promise<T>): Promise<T> => {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof PasskeyRefusedError)) throw error;
    if (affected) await recordFailure(call, affected, error.check);
    throw refuse(error.code);
  }
};

const recordFailure = (call: Call, { userId, passkeyId }: Affected, reason: string): Promise<void> =>
  call.core.store.transaction(async (tx) => {
    await tx.lockUser(userId);
    await appendAudit(tx, auditOrigin(call), userId, 'passkey_fail', { factorId: passkeyId, reason });
  });

/**
 * Notes the use of a passkey, in the transaction of its effects. False when its counter did not rise: somebody may have a
 * copy of it (WebAuthn L3 §7.2 step 22), so that this use has no effect but an entry in the log.
 */
export const usePasskey = async (
  tx: StoreTransaction,
  call: Call,
  { userId, id, credentialId }: PasskeyRecord,
  { signCount, isBackedUp }: VerifiedAuthentication,
): Promise<boolean> => {
  if (await tx.usePasskey({ userId, id, signCount, isBackedUp, now: call.now })) return true;
  // Removed since it was looked at.
  if ((await tx.findPasskey(credentialId))?.userId !== userId) throw refuse('passkey_not_found');
  await appendAudit(tx, auditOrigin(call), userId, 'passkey_clone_suspected', { factorId: id });
  return false;
};

/** The refusal of a use whose counter did not rise; the owner hears of it elsewhere as well. */
export const refuseClone = (call: Call & { user: UserRecord }): Refusal => {
  tell(call, 'passkey_clone_suspected');
  return refuse('passkey_clone_suspected');
};

/** RFC 8176: a key that stays in its device, or one that is copied between devices, and somebody touching it. */
export const amrOf = ({ isBackupEligible }: Pick<PasskeyRecord, 'isBackupEligible'>): string =>
  isBackupEligible ? 'swk user' : 'hwk user';

/** Lost answers (security.md D17): a repeated request is recognised by its key and answered anew without acting again. */
import type { Core } from './core.js';
import { randomUuid, sha256 } from './crypto.js';
import { refuse } from './refusals.js';
import type { IdempotencyRecord, SessionRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

const KEPT_MS = 120_000;

/** The form in which a key is looked up. */
export interface RepeatKey {
  keyHash: string;
  bodyMac: string;
  /** The body itself, to compare with what was kept. */
  body: string;
}

/** A key belongs to one user and one route, so that equal keys of two people never meet. */
export const readRepeatKey = async (
  core: Core,
  input: { key: string | null; userId: string | null; route: string; body: string },
): Promise<RepeatKey | null> => {
  if (input.key === null) return null;
  // 128 bits are 22 characters of base64url; a UUID has 36.
  if (!/^[\x21-\x7e]{22,128}$/.test(input.key)) {
    throw refuse('invalid_request', { payload: { field: 'Idempotency-Key' } });
  }
  const body = JSON.stringify([input.route, input.body]);
  return {
    keyHash: await sha256(JSON.stringify([input.userId, input.route, input.key])),
    bodyMac: await core.vault.mac('request-body', body),
    body,
  };
};

/**
 * The earlier answer to this very request, if there is one. `sid` is the session the request came with, null for a
 * sign-in: a key tells nobody else anything.
 */
export const findEarlier = async (
  core: Core,
  store: Pick<StoreTransaction, 'findIdempotency'>,
  input: { repeatKey: RepeatKey | null; sid: string | null; now: number },
): Promise<IdempotencyRecord | null> => {
  const { repeatKey, sid, now } = input;
  if (!repeatKey) return null;
  const earlier = await store.findIdempotency(repeatKey.keyHash, now);
  if (!earlier) return null;
  const isSameBody = await core.vault.isMac('request-body', repeatKey.body, earlier.bodyMac);
  const isSameSession = sid === null || sid === earlier.oldSid || sid === earlier.newSid;
  if (!isSameBody || !isSameSession) throw refuse('idempotency_key_reused');
  return earlier;
};

/** The tokens an answer carried, by which they are made again. */
export type MintedIds = Pick<IdempotencyRecord, 'mfaTokenId' | 'elevatedId'>;

/** Notes, in the transaction of the effect, what was granted: never the token itself. */
export const rememberAnswer = async (
  tx: StoreTransaction,
  repeatKey: RepeatKey | null,
  granted: { oldSid: string; session: SessionRecord; jti: string; now: number } & Partial<MintedIds>,
): Promise<void> => {
  if (!repeatKey) return;
  const record = {
    keyHash: repeatKey.keyHash,
    bodyMac: repeatKey.bodyMac,
    oldSid: granted.oldSid,
    newSid: granted.session.sid,
    jti: granted.jti,
    mfaTokenId: granted.mfaTokenId ?? null,
    elevatedId: granted.elevatedId ?? null,
    expiresAt: granted.now + KEPT_MS,
  };
  const isKept = await tx.createIdempotency(record, granted.now);
  if (!isKept) throw new Error(`idempotency key taken meanwhile (${randomUuid()})`);
};

/** Answers a lost answer again: the first mint ends, the same session gets a new token (security.md D17). */

import type { VerifyResponse } from '../wire/session.js';
import { newJti } from './accessTokens.js';
import { answerSession } from './answers.js';
import type { Call, Reply } from './call.js';
import { prepareMfaToken } from './mfaTokens.js';
import { refuse } from './refusals.js';
import { refusalOfEnd } from './session.js';
import type { IdempotencyRecord, SessionRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

/** More repetitions than any network needs, few enough to keep the session's row small. */
const MAX_REPEATS = 20;

type Extra = Partial<VerifyResponse> & { nextView?: string };

/** The same status, user and session as before, with a token of its own. */
export const repeatSession = async (
  call: Call,
  earlier: IdempotencyRecord,
  describe: (session: SessionRecord) => Promise<Extra> = async () => ({}),
): Promise<Reply> => {
  const { core, now } = call;
  const policy = await core.policy();
  const jti = newJti();
  const { session, mfaToken } = await core.store.transaction(async (tx) => {
    const known = await tx.findSession(earlier.newSid);
    if (!known) throw refuse('session_ended');
    await tx.lockUser(known.userId);
    const session = (await tx.findSession(earlier.newSid)) ?? known;
    const end = refusalOfEnd(session, now);
    if (end) throw end;
    const current = (call.repeatKey && (await tx.findIdempotency(call.repeatKey.keyHash, now))) ?? earlier;
    const retired = [...(session.retiredJti?.split(' ') ?? []), current.jti];
    if (retired.length > MAX_REPEATS) throw refuse('too_many_requests', { retryAfter: 120 });
    await tx.retireJti(session.sid, retired.join(' '));
    const minted = await mintAgain(tx, session, current.mfaTokenId, { policy, now });
    await tx.updateIdempotency(current.keyHash, { jti, mfaTokenId: minted?.record.id ?? null });
    return { session, mfaToken: minted?.token };
  });
  const user = await core.store.findUser(core.environmentId, session.userId);
  if (!user) throw refuse('session_ended');
  const extra = { ...(await describe(session)), ...(mfaToken !== undefined && { mfaToken }) };
  return answerSession(call, { session, user, policy, jti, extra });
};

const mintAgain = async (
  tx: StoreTransaction,
  session: SessionRecord,
  tokenId: string | null,
  input: { policy: Parameters<typeof prepareMfaToken>[2]; now: number },
) => {
  const first = tokenId === null ? null : await tx.findMfaToken(tokenId);
  // One that was spent did arrive: there is nothing to make up for.
  if (!first || first.usedAt !== null || first.revokedAt !== null) return null;
  await tx.revokeMfaToken(first.id, input.now);
  const grant = { singleUse: first.singleUse, action: first.action };
  const minted = await prepareMfaToken(session, grant, input.policy, input.now);
  await tx.createMfaToken(minted.record);
  return minted;
};

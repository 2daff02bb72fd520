/** Answers a lost answer again: the first mint ends, the same session gets a new token (security.md D17). */

import { newJti } from './accessTokens.js';
import { answerSession, type SessionExtra } from './answers.js';
import type { Call, Reply } from './call.js';
import { answerMinted, idsOf, mintAgain } from './minting.js';
import { refuse } from './refusals.js';
import { refusalOfEnd } from './session.js';
import type { IdempotencyRecord, SessionRecord } from './store/records.js';

/** More repetitions than any network needs, few enough to keep the session's row small. */
const MAX_REPEATS = 20;

/** The same status, user and session as before, with a token of its own. */
export const repeatSession = async (
  call: Call,
  earlier: IdempotencyRecord,
  describe: (session: SessionRecord) => Promise<SessionExtra> = async () => ({}),
): Promise<Reply> => {
  const { core, now } = call;
  const policy = await core.policy();
  const jti = newJti();
  const { session, minted } = await core.store.transaction(async (tx) => {
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
    const minted = await mintAgain(tx, { core, policy, now }, session, current);
    await tx.updateIdempotency(current.keyHash, { jti, ...idsOf(minted) });
    return { session, minted };
  });
  const user = await core.store.findUser(core.environmentId, session.userId);
  if (!user) throw refuse('session_ended');
  const extra = { ...(await describe(session)), ...answerMinted(minted) };
  return answerSession(call, { session, user, policy, jti, extra });
};

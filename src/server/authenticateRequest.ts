/** Who is asking: finds the one credential of a request and the session and user it stands for. */
import type { AccessClaims } from './accessTokens.js';
import { readSessionCookie } from './cookies.js';
import type { Core } from './core.js';
import { refuse } from './refusals.js';
import { refusalOfEnd, TOUCH_EVERY_MS } from './session.js';
import type { SessionRecord, UserRecord } from './store/records.js';

export interface Identified {
  session: SessionRecord;
  user: UserRecord;
}

/** What the request's token says, before its session is looked at. Null when it carries none. */
export const readClaims = async (
  core: Core,
  request: Pick<Request, 'headers'>,
  input: { now: number; acceptsExpired: boolean },
): Promise<AccessClaims | null> => {
  const authorization = request.headers.get('authorization');
  const cookie = readSessionCookie(core, request.headers.get('cookie'));
  if (authorization !== null && cookie !== null) throw refuse('two_credentials');
  if (authorization === null) {
    if (cookie === null || !core.isCookieMode) return null;
    // In cookie mode the page cannot refresh a token it never sees: the session's row decides.
    return core.accessTokens.verify(cookie, { now: input.now, acceptsExpired: true });
  }
  const token = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw refuse('invalid_token');
  return core.accessTokens.verify(token, input);
};

/** The live session behind a token, and its user. */
export const identify = async (core: Core, claims: AccessClaims, now: number): Promise<Identified> => {
  const [session, user] = await Promise.all([
    core.store.findSession(claims.sid),
    core.store.findUser(core.environmentId, claims.userId),
  ]);
  // A row that is gone was removed after its end, or with its user before.
  if (!session) throw refuse(claims.expiresAt <= now ? 'session_expired' : 'session_ended');
  const end = refusalOfEnd(session, now);
  if (end) throw end;
  if (!user || session.userId !== user.id) throw refuse('session_ended');
  // Given up when the answer that carried it was asked for again.
  if (session.retiredJti?.split(' ').includes(claims.jti)) throw refuse('invalid_token');
  if (now - session.lastSeenAt >= TOUCH_EVERY_MS) {
    await core.store.transaction((tx) => tx.touchSession(session.sid, now));
  }
  return { session, user };
};

// Takes over what the server granted, and gives it up again.
import type { VerifyResponse } from '../wire/session.js';
import type { ClientCore } from './core.js';
import { addElevatedToken, readElevatedToken } from './elevatedTokens.js';
import { emit, type LogoutReason } from './events.js';
import { addTokens } from './mfaTokens.js';
import { setSession } from './session.js';

/** Other tabs hear, by name alone, that the session is another; no secret goes this way. */
export const tellOtherTabs = async (core: ClientCore): Promise<void> => {
  await core.saving;
  core.channel?.postMessage('session');
};

export const accept = (core: ClientCore, response: VerifyResponse, asked = core.owed): void => {
  const { user, minifiedJwt = null, mfaToken, mfaTokens = mfaToken ? [mfaToken] : [], elevatedAccessToken } = response;
  // First of all, because it can refuse the answer.
  const elevated = elevatedAccessToken && readElevatedToken(elevatedAccessToken);
  const before = core.snapshot.user;
  // Tokens are bound to the session they were made in.
  if (before?.id !== user.id || before.sessionId !== user.sessionId) core.tokens = [];
  addTokens(core, mfaTokens, asked);
  if (elevated) addElevatedToken(core, elevated);
  core.owed = mfaTokens.length > 0 ? undefined : asked;
  // Last, because it tells of all this: whoever hears of it finds everything in place.
  setSession(core, user, minifiedJwt, response.expiresAt * 1000);
  // The session is known: starting reads nothing any more, it makes this tab one of those that hear and are heard.
  core.started = Promise.resolve();
  void core.start();
  void tellOtherTabs(core);
};

/** Forgets everything on this side. */
export const signOut = (core: ClientCore, reason: LogoutReason): void => {
  const { user } = core.snapshot;
  core.owed = core.salt = undefined;
  core.tokens = [];
  setSession(core, null, null, null);
  if (user) emit(core, 'logout', { reason });
};

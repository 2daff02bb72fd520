// The only road to the server: session and MFA token on, send, parse, errors.
import { type Route, refreshSession } from '../wire/routes.js';
import type { VerifyResponse } from '../wire/session.js';
import { accept, signOut, tellOtherTabs } from './accept.js';
import { readAnswer, toError } from './answer.js';
import { attempt } from './attempts.js';
import { type ClientCore, coreOf, type MfaClient, waitFor } from './core.js';
import { MfaCancelledError, type MfaError, UserNotAuthenticatedError } from './errors.js';
import { cancelled, type Flight, join } from './flights.js';
import type { keyOf } from './idempotency.js';
import { dropRefused, type ProofTokens } from './mfaTokens.js';
import { buildRequest, buildUrl } from './request.js';

/** One request, beyond what its route says. */
export interface Call<TRequest, TResponse> {
  /** With its question mark. */
  query?: string;
  body?: TRequest;
  /**
   * `open`: sent with nobody signed in, and without the session's token. `reading`: finds out what the session is, so it
   * neither waits for that nor judges a refusal. `renewing`: gets a new token, so it does not ask for one. Left out: needs
   * somebody signed in.
   */
  mode?: 'open' | 'reading' | 'renewing';
  /** Consumes something the person typed: repeated under this one idempotency key when no answer came. */
  keyOf?: typeof keyOf;
  /** Gives the tokens to attach, at the moment the request is made. */
  tokens?: () => ProofTokens;
  /** Carried instead of the session's token. */
  token?: string | null;
  /** Runs once for an answer, however many callers share it, and before any of them has it. */
  onAnswer?: (answer: TResponse) => void;
  onFailure?: (error: MfaError) => void;
}

const REPEATS = 2;

/** Waits until the session is known. */
export const requireUser = async (core: ClientCore): Promise<void> => {
  await core.start();
  if (!core.snapshot.user) throw new UserNotAuthenticatedError();
};

/** Renews the session token: single-flight, and without effect when a proof moved the session on meanwhile. */
export const renew = (core: ClientCore): Promise<VerifyResponse> => {
  const { generation } = core;
  return (core.renewing ??= fly(core, refreshSession, {
    mode: 'renewing',
    onAnswer: (response) => generation === core.generation && accept(core, response),
  }).promise.finally(() => {
    core.renewing = undefined;
  }));
};

const perform = async <TRequest, TResponse>(
  core: ClientCore,
  { method, path, parse }: Route<TRequest, TResponse>,
  call: Call<TRequest, TResponse>,
  url: string,
  signal: AbortSignal,
): Promise<TResponse> => {
  const { mode } = call;
  const body = JSON.stringify(call.body);
  if (!mode) {
    await requireUser(core);
    if (core.renewAt && core.renewAt <= Date.now()) await renew(core);
  }
  const userId = core.snapshot.user?.id;
  const key = call.keyOf && (await call.keyOf(core, path + body));
  const tokens = call.tokens?.();
  for (let isRepeat = false; ; isRepeat = true) {
    const { generation } = core;
    const token = call.token ?? (mode === 'open' ? null : core.token);
    const [response, text] = await attempt(
      () => core.fetch(buildRequest(url, { method, body, signal }, token, tokens, key)),
      key || method === 'GET' ? REPEATS : 0,
      signal,
    );
    // Somebody else is signed in now, or nobody: the answer is not for them.
    if (!mode && userId !== core.snapshot.user?.id) throw cancelled('signedOut');
    const answer = response.ok && { is: readAnswer(parse, text) };
    // What the server decided is an answer, and the next submission a new one; what it broke down over is none.
    if (key && response.status < 500) core.salt = undefined;
    if (answer) return answer.is;
    const error = toError(response, text);
    const { status, serverCode } = error;
    const isCurrent = generation === core.generation;
    if (status === 401 && !isRepeat && (!mode || mode === 'reading')) {
      // Refused before anything was done, so once more is safe: with the newer session, or with a renewed token.
      if (!isCurrent) continue;
      if (serverCode === 'token_expired') {
        await renew(core);
        continue;
      }
    }
    if (status === 401 || status === 403) dropRefused(core, tokens);
    // Two codes end the session, and they must speak of the session that is current.
    if (isCurrent && (!mode || mode === 'renewing')) {
      // Browsers drop the cookie when the session expires; the server then sees nobody at all.
      const isExpired = serverCode === 'session_expired' || (serverCode === 'not_signed_in' && !token);
      if (isExpired || serverCode === 'session_ended') {
        signOut(core, isExpired ? 'token-expired' : 'session-ended');
        void tellOtherTabs(core);
      }
    }
    throw error;
  }
};

/** Sends a request, or joins the one with the same intent that is under way. */
export const fly = <TRequest, TResponse>(
  core: ClientCore,
  route: Route<TRequest, TResponse>,
  call: Call<TRequest, TResponse>,
): Flight<TResponse> => {
  const { method, path } = route;
  const url = buildUrl(core, path) + (call.query ?? '');
  const isRead = method === 'GET';
  if (!isRead) core.writes++;
  const name = [method, url, call.keyOf ? JSON.stringify(call.body) : [core.writes, core.generation]].join();
  return join(core, name, async (signal) => {
    try {
      const answer = await perform(core, route, call, url, signal);
      call.onAnswer?.(answer);
      return answer;
    } catch (error) {
      if (!(error instanceof MfaCancelledError)) call.onFailure?.(error as MfaError);
      throw error;
    } finally {
      if (!isRead) core.writes++;
    }
  });
};

export const send = async <TRequest, TResponse>(
  client: MfaClient | undefined,
  route: Route<TRequest, TResponse>,
  call: Call<TRequest, TResponse> = {},
): Promise<TResponse> => waitFor(client, () => fly(coreOf(client), route, call));

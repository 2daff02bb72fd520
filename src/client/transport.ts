// The only road to the server: session and MFA token on, send, parse, errors.
import { type Route, refreshSession } from '../wire/routes.js';
import type { VerifyResponse } from '../wire/session.js';
import { readAnswer, toError } from './answer.js';
import { aborted, attempt, type Fetch } from './attempts.js';
import type { Call } from './core.js';
import { MfaApiError, MfaCancelledError, MfaError } from './errors.js';
import type { LogoutReason } from './events.js';
import { createIdempotencyKeys } from './idempotency.js';
import type { MfaTokens } from './mfaTokens.js';
import { type ApiAddress, buildRequest, buildUrl } from './request.js';
import type { Session } from './session.js';
import { createSingleFlight } from './singleFlight.js';

export interface TransportParts extends ApiAddress {
  fetch: Fetch;
  session: Session;
  tokens: MfaTokens;
  /** The session is known afterwards. */
  start(): Promise<void>;
  accept(response: VerifyResponse): void;
  /** The server said that the session is over. */
  onSessionOver(reason: LogoutReason): void;
}

export interface Transport {
  send<TRequest, TResponse>(route: Route<TRequest, TResponse>, call?: Call<TRequest, TResponse>): Promise<TResponse>;
  refresh(): Promise<VerifyResponse>;
  abortAll(): void;
  /** Forgets which submissions went unanswered. */
  forget(): void;
}

export const createTransport = (parts: TransportParts): Transport => {
  const { session, tokens } = parts;
  const keys = createIdempotencyKeys();
  const flights = createSingleFlight();
  /** Rises with every change sent and answered: what was read before is not what is there now. */
  let writes = 0;
  let renewing: Promise<VerifyResponse> | undefined;

  const requireUser = async (): Promise<void> => {
    await parts.start();
    if (!session.getSnapshot().user) throw new MfaError('not_signed_in');
  };

  /** Two codes end the session, and they must speak of the session that is current. */
  const judge = (error: unknown, generation: number): void => {
    if (generation !== session.generation || !(error instanceof MfaApiError)) return;
    const { serverCode } = error;
    if (serverCode === 'session_ended') parts.onSessionOver('session-ended');
    // Browsers drop the cookie when the session expires; the server then sees nobody at all.
    if (serverCode === 'session_expired' || (serverCode === 'not_signed_in' && !session.token)) {
      parts.onSessionOver('token-expired');
    }
  };

  /** Single-flight, and without effect when a proof moved the session on meanwhile. */
  const renew = (): Promise<VerifyResponse> => {
    const { generation } = session;
    renewing ??= send(refreshSession, {
      mode: 'reading',
      onAnswer: (response) => generation === session.generation && parts.accept(response),
    })
      .catch((error: unknown) => {
        judge(error, generation);
        throw error;
      })
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  };

  const take = ({ mfaToken, attach }: Pick<Call<unknown, unknown>, 'mfaToken' | 'attach'>): string | undefined => {
    const stored = mfaToken || !attach ? undefined : tokens.find(attach === true ? undefined : attach);
    const value = mfaToken || stored?.value;
    // Spent from here on, whatever becomes of the request.
    if (value && !(stored && !stored.isSingleUse)) tokens.drop(value);
    return value;
  };

  const perform = async <TRequest, TResponse>(
    { method, path, parse }: Route<TRequest, TResponse>,
    call: Call<TRequest, TResponse>,
    url: string,
    signal: AbortSignal,
  ): Promise<TResponse> => {
    const { mode, body } = call;
    if (!mode) {
      await requireUser();
      if (session.renewAt <= Date.now()) await renew();
    }
    const { era } = session;
    const submission = call.isKeyed ? await keys.of(path + JSON.stringify(body)) : undefined;
    const mfaToken = take(call);
    for (let isRepeat = false; ; isRepeat = true) {
      const { generation } = session;
      const token = call.token ?? (mode === 'open' ? null : session.token);
      const { response, text } = await attempt(
        parts.fetch,
        (signal) => buildRequest(url, { method, body, token, mfaToken, idempotencyKey: submission?.key, signal }),
        method === 'GET' || !!submission,
        signal,
      );
      // Somebody else is signed in now, or nobody: the answer is not for them.
      if (!mode && era !== session.era) throw aborted('signedOut');
      if (response.ok) {
        const answer = readAnswer(parse, text);
        submission?.settle();
        return answer;
      }
      const error = toError(response, text);
      const { status, serverCode } = error;
      // What the server decided is an answer; what it broke down over is none.
      if (status < 500) submission?.settle();
      // Refused before anything was done, so once more is safe: with the newer session, or with a renewed token.
      if (status === 401 && mode !== 'open' && path !== refreshSession.path && !isRepeat) {
        if (generation !== session.generation) continue;
        if (serverCode === 'token_expired') {
          await renew();
          continue;
        }
      }
      if (mfaToken && (status === 401 || status === 403)) tokens.drop(mfaToken);
      if (!mode) judge(error, generation);
      throw error;
    }
  };

  const send: Transport['send'] = async (route, call = {}) => {
    const { method, path } = route;
    const url = buildUrl(parts, path, call.id, call.query);
    const isRead = method === 'GET';
    if (!isRead) writes++;
    const name =
      method + url + (isRead ? [writes, session.generation] : call.isKeyed ? JSON.stringify(call.body) : [writes]);
    return flights.join(name, call.signal, async (signal) => {
      try {
        const answer = await perform(route, call, url, signal);
        call.onAnswer?.(answer);
        return answer;
      } catch (error) {
        if (error instanceof MfaError && !(error instanceof MfaCancelledError)) call.onFailure?.(error);
        throw error;
      } finally {
        if (!isRead) writes++;
      }
    });
  };

  const refresh = async (): Promise<VerifyResponse> => {
    await requireUser();
    return renew();
  };

  return { send, refresh, abortAll: flights.abortAll, forget: keys.clear };
};

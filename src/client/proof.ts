// What every way to prove oneself has in common: keyed request, new session, one event.
import type { CreateMfaToken } from '../wire/actions.js';
import type { AuthenticateTotpRequest, Route } from '../wire/routes.js';
import type { TokenScope } from '../wire/scopes.js';
import type { VerifyResponse } from '../wire/session.js';
import { accept } from './accept.js';
import { coreOf, type MfaClient } from './core.js';
import { emit } from './events.js';
import { keyOf } from './idempotency.js';
import { type Call, send } from './transport.js';

/** What a proof may ask for besides moving the session on. */
export interface ProofOptions {
  /** Asks for an MFA token: single-use (120 s) or persistent (at most one hour). */
  createMfaTokenOptions?: CreateMfaToken;
  /** The same under its other published name. */
  createMfaToken?: CreateMfaToken;
  /** Binds the MFA token to this action. */
  mfaAction?: string;
  requestedScopes?: TokenScope[];
}

/** The answer to a proof. Session tokens stay inside the client. */
export type ProofResponse = WithoutTokens<VerifyResponse>;

export type WithoutTokens<T> = Omit<T, 'jwt' | 'minifiedJwt'>;

/** Sends what changes the session, takes over what comes back, and keeps the session tokens from the caller. */
export const sendAndAccept = async <TRequest, TResponse extends VerifyResponse>(
  client: MfaClient | undefined,
  route: Route<TRequest, TResponse>,
  call: Call<TRequest, TResponse>,
): Promise<WithoutTokens<TResponse>> => {
  const core = coreOf(client);
  const {
    jwt: _,
    minifiedJwt: __,
    ...rest
  } = await send(client, route, {
    onAnswer: (answer) => accept(core, answer),
    ...call,
  });
  return rest;
};

export const prove = async (
  client: MfaClient | undefined,
  route: Route<AuthenticateTotpRequest, VerifyResponse>,
  {
    code,
    mfaAction: action,
    createMfaTokenOptions,
    createMfaToken = createMfaTokenOptions,
    requestedScopes,
  }: ProofOptions & { code: string },
  deviceId?: string,
): Promise<ProofResponse> => {
  const core = coreOf(client);
  return sendAndAccept(client, route, {
    body: { id: deviceId, code, createMfaToken, action, requestedScopes },
    keyOf,
    onAnswer(answer) {
      accept(core, answer, { createMfaToken, action });
      emit(core, 'mfaCompletionSuccess', { deviceId, mfaToken: answer.mfaToken });
    },
    onFailure: (error) => emit(core, 'mfaCompletionFailure', { deviceId, error }),
  });
};

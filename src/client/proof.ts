// What every way to prove oneself has in common: keyed request, new session, one event.
import type { CreateMfaToken, TokenBinding } from '../wire/actions.js';
import type { Route } from '../wire/routes.js';
import type { TokenScope } from '../wire/scopes.js';
import type { VerifyResponse } from '../wire/session.js';
import { accept } from './accept.js';
import { coreOf, type MfaClient } from './core.js';
import { emit } from './events.js';
import { keyOf } from './idempotency.js';
import type { TokenAsk } from './mfaTokens.js';
import { type Call, send } from './transport.js';

/** What a proof may ask for besides moving the session on. */
export interface ProofOptions extends Pick<TokenBinding, 'payload' | 'challengeId'> {
  /**
   * Asks for an MFA token: single-use (120 s) or persistent (at most one hour). `count` asks for several single-use ones at
   * once, ten at most: they come as `mfaTokens`.
   */
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

/** The MFA token asked for, by either of its published names. */
export const tokenAskOf = ({
  mfaAction: action,
  createMfaTokenOptions,
  createMfaToken = createMfaTokenOptions,
  payload,
  challengeId,
}: ProofOptions): TokenAsk => ({ createMfaToken, action, payload, challengeId });

/** Sends a proof with what is asked for besides, and tells those who listen what became of it. */
export const prove = async <TProof extends object>(
  client: MfaClient | undefined,
  route: Route<TProof & TokenAsk & Pick<ProofOptions, 'requestedScopes'>, VerifyResponse>,
  proof: NoInfer<TProof>,
  options: ProofOptions,
  deviceId?: string,
): Promise<ProofResponse> => {
  const core = coreOf(client);
  const ask = tokenAskOf(options);
  return sendAndAccept(client, route, {
    body: { ...proof, ...ask, requestedScopes: options.requestedScopes },
    keyOf,
    onAnswer(answer) {
      accept(core, answer, ask);
      emit(core, 'mfaCompletionSuccess', { deviceId, mfaToken: answer.mfaToken });
    },
    onFailure: (error) => emit(core, 'mfaCompletionFailure', { deviceId, error }),
  });
};

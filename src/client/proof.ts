// What every way to prove oneself has in common: keyed request, new session, one event.
import type { CreateMfaToken } from '../wire/actions.js';
import type { AuthenticateRequest, Route } from '../wire/routes.js';
import type { TokenScope } from '../wire/scopes.js';
import type { VerifyResponse } from '../wire/session.js';
import type { ClientCore } from './core.js';

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
export type ProofResponse = Omit<VerifyResponse, 'jwt' | 'minifiedJwt'>;

export const withoutTokens = <T extends VerifyResponse>({ jwt: _, minifiedJwt: __, ...rest }: T) => rest;

export const prove = async <TRequest extends AuthenticateRequest>(
  core: ClientCore,
  route: Route<TRequest, VerifyResponse>,
  fields: Omit<TRequest, keyof AuthenticateRequest> & { code: string },
  { createMfaTokenOptions, createMfaToken = createMfaTokenOptions, mfaAction, requestedScopes }: ProofOptions,
  deviceId?: string,
): Promise<ProofResponse> => {
  const asked = { createMfaToken, action: mfaAction };
  const answer = await core.send(route, {
    body: { ...fields, ...asked, requestedScopes } as unknown as TRequest,
    isKeyed: true,
    onAnswer(response) {
      core.accept(response, asked);
      core.events.emit('mfaCompletionSuccess', { deviceId, mfaToken: response.mfaToken });
    },
    onFailure: (error) => core.events.emit('mfaCompletionFailure', { deviceId, error }),
  });
  return withoutTokens(answer);
};

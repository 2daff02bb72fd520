'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { useMfaContext } from './MfaContext.js';
import { createStepUp, initialState, type StepUpOperations, type StepUpState } from './stepUp.js';

export interface UseStepUpAuthenticationParameters {
  /** The credential a code is sent to; default: the person's e-mail address. */
  credentialId?: string;
}

export interface UseStepUpAuthenticationReturnType extends StepUpOperations {
  /** How far a re-authentication by e-mail code has come. */
  state: StepUpState;
}

/**
 * Asks for a fresh proof before something sensitive: with the prebuilt prompts (`promptStepUpAuth`), or with an interface of
 * your own (`sendOtp` and `verifyOtp`, `verifyTotpMfa`, `verifyRecoveryCode`, `verifyPasskeyMfa`). With `requestedScopes` a
 * proof also gives an elevated access token, which is stored and goes along by itself with what it is for.
 *
 * The prompts reject with `MfaCancelledError` when they are closed, `invalid_scopes` when the proof cannot grant what is
 * asked, `not_signed_in`.
 *
 * @example
 * const { isStepUpRequired, promptStepUpAuth } = useStepUpAuthentication();
 * const scope = TokenScope.Credentialunlink;
 * if (await isStepUpRequired({ scope })) await promptStepUpAuth({ requestedScopes: [scope] });
 */
export const useStepUpAuthentication = ({
  credentialId,
}: UseStepUpAuthenticationParameters = {}): UseStepUpAuthenticationReturnType => {
  const { client, controller } = useMfaContext();
  const { operations, subscribe, getState } = useMemo(
    () => createStepUp(client, controller, credentialId),
    [client, controller, credentialId],
  );
  const state = useSyncExternalStore(subscribe, getState, () => initialState);
  return useMemo(() => ({ ...operations, state }), [operations, state]);
};

'use client';

import { useMemo } from 'react';
import { coreOf, type MfaClient } from '../client/core.js';
import { UserNotAuthenticatedError } from '../client/errors.js';
import { findToken } from '../client/mfaTokens.js';
import type { ModalController } from '../controller/createModalController.js';
import type { ActionName, CreateMfaToken } from '../wire/actions.js';
import type { TokenScope } from '../wire/scopes.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';
import { toCreateMfaToken } from './toCreateMfaToken.js';

export interface PromptMfaAuthParameters {
  /** Asks for an MFA token: `true` or `{ singleUse: true }` for one use, `{ singleUse: false }` for up to an hour. */
  createMfaToken?: boolean | CreateMfaToken;
  /** The same under its other published name. */
  createMfaTokenOptions?: CreateMfaToken;
  /** Scopes of an elevated access token. */
  requestedScopes?: TokenScope[];
  /** What it is for: the prompt names it, and the token is good for nothing else. */
  mfaAction?: ActionName;
  /** The same. */
  action?: ActionName;
  /** What exactly is to be done: shown, and the token is good for nothing else. Together with the action. */
  payload?: Record<string, unknown>;
  /** The same in words. */
  summary?: string;
}

export type PromptMfaAuth = (parameters?: PromptMfaAuthParameters) => Promise<string | undefined>;

/** @internal Asks, unless a token that lasts and covers it is there already. */
export const promptOn =
  (client: MfaClient, controller: ModalController): PromptMfaAuth =>
  async (parameters = {}) => {
    const { createMfaToken, createMfaTokenOptions, mfaAction, action = mfaAction, ...rest } = parameters;
    if (!client.user) throw new UserNotAuthenticatedError();
    const wanted = toCreateMfaToken(createMfaToken ?? createMfaTokenOptions);
    if (wanted && !wanted.singleUse && !rest.payload && !rest.requestedScopes?.length) {
      const stored = findToken(coreOf(client), action);
      if (stored && !stored.isSingleUse) return stored.value;
    }
    return controller.prompt({ purpose: 'action', ...rest, createMfaToken: wanted, action });
  };

/**
 * Asks the person for a proof and resolves with the MFA token, if one was asked for. One promise covers everything in
 * between: enrolling first where nothing is enrolled, saving recovery codes, trying another method. A wrong code does not
 * reject it. A persistent token still good is returned without asking.
 *
 * Rejects with `MfaCancelledError` (code `cancelled`, `reason`) when the view is closed or the session ends,
 * `not_signed_in`, `not_supported` where no interface is loaded.
 *
 * @example
 * const promptMfaAuth = usePromptMfaAuth();
 * const token = await promptMfaAuth({ createMfaToken: true, mfaAction: 'treasury.transfer' });
 */
export const usePromptMfaAuth = (): SelfNamed<'promptMfaAuth', PromptMfaAuth> => {
  const { client, controller } = useMfaContext();
  return useMemo(() => selfNamed('promptMfaAuth', promptOn(client, controller)), [client, controller]);
};

'use client';

import { useMemo } from 'react';
import { isMfaRequiredForAction } from '../client/actions.js';
import type { ActionName } from '../wire/actions.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';

export type IsMfaRequiredForAction = (parameters: { mfaAction: ActionName }) => Promise<boolean>;

/**
 * Tells whether an action needs a fresh proof from this person: the policy protects it, and the person has a verified
 * method or enrolment is forced.
 *
 * Rejects with `network_error`, `not_signed_in`.
 *
 * @example
 * const isMfaRequiredForAction = useIsMfaRequiredForAction();
 * if (await isMfaRequiredForAction({ mfaAction: MFAAction.WalletWaasSign })) await promptMfaAuth();
 */
export const useIsMfaRequiredForAction = (): SelfNamed<'isMfaRequiredForAction', IsMfaRequiredForAction> => {
  const { client } = useMfaContext();
  return useMemo(
    () =>
      selfNamed('isMfaRequiredForAction', ((parameters) =>
        isMfaRequiredForAction(parameters, client)) satisfies IsMfaRequiredForAction),
    [client],
  );
};

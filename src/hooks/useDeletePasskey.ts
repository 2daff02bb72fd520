'use client';

import { useMemo } from 'react';
import { deletePasskey } from '../client/passkeys.js';
import { refreshFactors } from '../queries/refreshFactors.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';

export type DeletePasskey = (passkeyId: string) => Promise<void>;

/**
 * Removes a passkey; what is on screen elsewhere catches up by itself. Needs a proof of the last five minutes, or a stored
 * MFA token, which goes along and is spent.
 *
 * Rejects with `elevated_access_token_required`, `mfa_last_factor_required`, `passkey_not_found`, `network_error`,
 * `not_signed_in`.
 *
 * @example
 * const deletePasskey = useDeletePasskey();
 * await deletePasskey(passkey.id);
 */
export const useDeletePasskey = (): SelfNamed<'deletePasskey', DeletePasskey> => {
  const { client, queries } = useMfaContext();
  return useMemo(() => {
    const remove: DeletePasskey = async (passkeyId) => {
      await deletePasskey({ passkeyId }, client);
      refreshFactors(client, queries);
    };
    return selfNamed('deletePasskey', remove);
  }, [client, queries]);
};

'use client';

import { useMemo } from 'react';
import { type GetMfaTokenOptions, getMfaToken } from '../client/actions.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';

export type GetMfaToken = (options?: GetMfaTokenOptions) => Promise<string | undefined>;

/**
 * Looks for a stored MFA token without spending it; `{ consume: true }` takes it. Expired tokens do not count.
 *
 * Rejects with `mfa_token_required` when the named action needs a proof and none is stored: prompt the person.
 *
 * @example
 * const getMfaToken = useGetMfaToken();
 * const token = await getMfaToken({ mfaAction: MFAAction.WalletWaasExport, consume: true });
 * await fetch('/export', { headers: { 'x-mfa-auth-token': token ?? '' } });
 */
export const useGetMfaToken = (): SelfNamed<'getMfaToken', GetMfaToken> => {
  const { client } = useMfaContext();
  return useMemo(
    () => selfNamed('getMfaToken', ((options) => getMfaToken(options, client)) satisfies GetMfaToken),
    [client],
  );
};

'use client';

import { useMemo } from 'react';
import { getPasskeys } from '../client/passkeys.js';
import type { UserPasskey } from '../wire/passkeys.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';

export type GetPasskeys = () => Promise<UserPasskey[]>;

/**
 * Reads the person's passkeys. For rendering take {@link usePasskeys}, which keeps them up to date.
 *
 * Rejects with `network_error`, `not_signed_in`.
 *
 * @example
 * const getPasskeys = useGetPasskeys();
 * const passkeys = await getPasskeys();
 */
export const useGetPasskeys = (): SelfNamed<'getPasskeys', GetPasskeys> => {
  const { client } = useMfaContext();
  return useMemo(() => selfNamed('getPasskeys', (() => getPasskeys(client)) satisfies GetPasskeys), [client]);
};

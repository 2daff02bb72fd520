'use client';

import { useMemo } from 'react';
import { getMfaMethods } from '../client/devices.js';
import type { MfaMethodsResponse } from '../wire/devices.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';

export type GetUserMfaMethods = () => Promise<MfaMethodsResponse>;

/**
 * Reads what the person can prove themselves with. For rendering take {@link useMfaMethods}, which keeps it up to date.
 *
 * Rejects with `network_error`, `not_signed_in`.
 *
 * @example
 * const getUserMfaMethods = useGetUserMfaMethods();
 * const { userHasVerifiedMfaMethods } = await getUserMfaMethods();
 */
export const useGetUserMfaMethods = (): SelfNamed<'getUserMfaMethods', GetUserMfaMethods> => {
  const { client } = useMfaContext();
  return useMemo(
    () => selfNamed('getUserMfaMethods', (() => getMfaMethods(client)) satisfies GetUserMfaMethods),
    [client],
  );
};

'use client';

import type { MfaClient } from '../client/core.js';
import { useMfaContext } from './MfaContext.js';

/**
 * The client behind the provider, for the functions of `mfa-kit/client`.
 *
 * @example
 * const client = useDynamicClient();
 * await queryClient.prefetchQuery(mfaDevicesQueryOptions(client));
 */
export const useDynamicClient = (): MfaClient => useMfaContext().client;

import { queryOptions } from '@tanstack/react-query';
import type { MfaClient } from '../client/core.js';
import { getPasskeys } from '../client/passkeys.js';
import {
  preparePasskeyAuthentication,
  preparePasskeyRegistration,
  preparePasskeySignIn,
  type RelatedOriginOptions,
} from '../client/preparedPasskeys.js';
import { factorsKey, mfaKey } from './keys.js';
import { abortable, policy, readable } from './policy.js';

/** How long what was prepared is good for: the client says so of each. */
const PREPARED_MS = 240_000;
/** Not at once where this device's clock jumped. */
const SOONEST_MS = 1_000;

/**
 * The person's passkeys, for `useQuery`, `prefetchQuery` and their like.
 *
 * @example
 * await queryClient.prefetchQuery(passkeysQueryOptions(client));
 */
export const passkeysQueryOptions = (client: MfaClient, userId = client.user?.id) =>
  queryOptions({
    ...readable,
    queryKey: [...factorsKey(userId), 'passkeys'],
    queryFn: abortable(client, getPasskeys),
    enabled: userId !== undefined,
  });

/** What ceremonies are begun with, and a refused answer makes useless. */
export const preparedKey = (userId?: string) => [...mfaKey(userId), 'preparedPasskey'] as const;

interface Prepared {
  expiresAt: number;
}

/**
 * Holds a challenge, so only for the secret client. Read again before it ends, so that a click finds options as good as
 * new; not again and again where that fails.
 */
const prepared = {
  ...policy,
  gcTime: 0,
  staleTime: PREPARED_MS,
  // Two preparations are never the same, and hold functions.
  structuralSharing: false,
  refetchInterval: ({ state: { status, data } }: { state: { status: string; data: Prepared | undefined } }) =>
    data && status === 'success' ? Math.max(data.expiresAt - Date.now(), SOONEST_MS) : false,
} as const;

/** @internal A passkey to be made. */
export const passkeyRegistrationQueryOptions = (client: MfaClient, userId = client.user?.id) =>
  queryOptions({
    ...prepared,
    queryKey: [...preparedKey(userId), 'registration'],
    queryFn: abortable(client, preparePasskeyRegistration),
    enabled: userId !== undefined,
  });

/** @internal A passkey to be used. */
export const passkeyAuthenticationQueryOptions = (
  client: MfaClient,
  { relatedOriginRpId }: RelatedOriginOptions,
  userId = client.user?.id,
) =>
  queryOptions({
    ...prepared,
    queryKey: [...preparedKey(userId), 'authentication', relatedOriginRpId],
    queryFn: abortable(client, (target) => preparePasskeyAuthentication({ relatedOriginRpId }, target)),
    enabled: userId !== undefined,
  });

/** @internal A passkey to sign in with, while nobody is signed in. */
export const passkeySignInQueryOptions = (client: MfaClient, { relatedOriginRpId }: RelatedOriginOptions) =>
  queryOptions({
    ...prepared,
    queryKey: [...preparedKey(), 'signIn', relatedOriginRpId],
    queryFn: abortable(client, (target) => preparePasskeySignIn({ relatedOriginRpId }, target)),
  });

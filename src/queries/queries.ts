import { queryOptions } from '@tanstack/react-query';
import type { MfaClient } from '../client/core.js';
import { getMfaDevices, getMfaMethods, registerTotpMfaDevice } from '../client/devices.js';
import { createNewMfaRecoveryCodes, getMfaRecoveryCodes } from '../client/recoveryCodes.js';
import { getProjectSettings } from '../client/settings.js';
import type { MfaMethodsResponse } from '../wire/devices.js';
import { factorsKey, mfaKey } from './keys.js';
import { abortable, policy, readable, STALE_AFTER_MS, secret } from './policy.js';

/** At this many codes left a new set is offered. */
const FEW_CODES = 3;

/**
 * The person's authenticator apps, for `useQuery`, `prefetchQuery` and their like.
 *
 * @example
 * await queryClient.prefetchQuery(mfaDevicesQueryOptions(client));
 */
export const mfaDevicesQueryOptions = (client: MfaClient, userId = client.user?.id) =>
  queryOptions({
    ...readable,
    queryKey: [...factorsKey(userId), 'devices'],
    queryFn: abortable(client, getMfaDevices),
    enabled: userId !== undefined,
  });

/**
 * What the person can prove themselves with just now: verified apps, codes left, and what is locked until when.
 *
 * @example
 * const methods = await queryClient.fetchQuery(mfaMethodsQueryOptions(client));
 */
export const mfaMethodsQueryOptions = (client: MfaClient, userId = client.user?.id) =>
  queryOptions({
    ...readable,
    queryKey: [...factorsKey(userId), 'methods'],
    queryFn: abortable(client, getMfaMethods),
    enabled: userId !== undefined,
  });

/** How a person's recovery codes stand. */
export interface RecoveryCodesStatus {
  /** Unused codes; null on a server that does not say. */
  left: number | null;
  /** Three or fewer: time for a new set. */
  isRunningLow: boolean;
}

const toStatus = ({ factors }: MfaMethodsResponse): RecoveryCodesStatus => {
  const left = factors?.recovery.left ?? null;
  return { left, isRunningLow: left !== null && left <= FEW_CODES };
};

/**
 * How many recovery codes are left. Shares its request with {@link mfaMethodsQueryOptions}.
 *
 * @example
 * const { data } = useQuery(recoveryCodesStatusQueryOptions(client));
 */
export const recoveryCodesStatusQueryOptions = (client: MfaClient, userId = client.user?.id) =>
  queryOptions({
    ...readable,
    queryKey: [...factorsKey(userId), 'methods'],
    queryFn: abortable(client, getMfaMethods),
    enabled: userId !== undefined,
    select: toStatus,
  });

/** The environment's policy. Cached five minutes, also by the client. */
export const settingsQueryOptions = (client: MfaClient, userId = client.user?.id) =>
  queryOptions({
    ...policy,
    queryKey: [...mfaKey(userId), 'settings'],
    queryFn: abortable(client, getProjectSettings),
    staleTime: STALE_AFTER_MS,
  });

/** @internal Begins or resumes an enrolment; secret, so only for the secret client. */
export const totpRegistrationQueryOptions = (client: MfaClient, isReplacement: boolean, userId = client.user?.id) =>
  queryOptions({
    ...secret,
    queryKey: [...mfaKey(userId), 'totpRegistration', isReplacement],
    queryFn: abortable(client, (target) => registerTotpMfaDevice({ replace: isReplacement }, target)),
    enabled: userId !== undefined,
  });

/** @internal The set that waits to be saved, or a new one beside the old; secret, so only for the secret client. */
export const recoveryCodesQueryOptions = (client: MfaClient, isNewSet: boolean, userId = client.user?.id) =>
  queryOptions({
    ...secret,
    queryKey: [...mfaKey(userId), 'recoveryCodes', isNewSet],
    queryFn: abortable(client, isNewSet ? createNewMfaRecoveryCodes : getMfaRecoveryCodes),
    enabled: userId !== undefined,
  });

'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { settingsQueryOptions } from '../queries/queries.js';
import { queryClientOf } from '../queries/queryClientOf.js';
import type { ProjectSettings } from '../wire/settings.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export type UseMfaSettingsReturnType = UseQueryResult<ProjectSettings>;

/**
 * The environment's policy: methods, enrolment, protected actions. Also known while nobody is signed in.
 *
 * @example
 * const { data: settings } = useMfaSettings();
 * const isForced = settings?.security.mfa.required;
 */
export const useMfaSettings = (): UseMfaSettingsReturnType => {
  const { client, queries } = useMfaContext();
  const { user } = useSession();
  return useQuery(settingsQueryOptions(client, user?.id), queryClientOf(queries));
};

'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { totpRegistrationQueryOptions } from '../queries/queries.js';
import { secretClientOf } from '../queries/secretClient.js';
import type { TotpRegistration } from '../wire/devices.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export interface UseTotpRegistrationParameters {
  /** Prepares a new app beside the one in use; its first good code retires the old one. Default false. */
  isReplacement?: boolean;
}

export type UseTotpRegistrationReturnType = UseQueryResult<TotpRegistration>;

/**
 * The secret and `otpauth:` URI for the QR code. Begins an enrolment or resumes the one begun: the same secret through
 * reload, back, StrictMode and a wrong code, until `expiresAt`; after that `refetch()` begins a new one. Kept in memory
 * only while something on screen shows it.
 *
 * Fails with `mfa_totp_already_enrolled`, `elevated_access_token_required`, `mfa_method_disabled`, `network_error`.
 *
 * @example
 * const { data, error, refetch } = useTotpRegistration();
 * if (data) return <Qr text={data.uri} label={data.secret} />;
 */
export const useTotpRegistration = ({
  isReplacement = false,
}: UseTotpRegistrationParameters = {}): UseTotpRegistrationReturnType => {
  const { client } = useMfaContext();
  const { user } = useSession();
  return useQuery(totpRegistrationQueryOptions(client, isReplacement, user?.id), secretClientOf(client));
};

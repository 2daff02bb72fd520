/** Takes the person on a page through their first enrolment, by the client alone. */
import { act } from '@testing-library/react';
import {
  acknowledgeRecoveryCodes,
  authenticateTotpMfaDevice,
  getMfaRecoveryCodes,
  registerTotpMfaDevice,
} from 'mfa-kit/client';
import type { Page } from './renderWithMfa.js';

export interface Enrolled {
  email: string;
  secret: string;
  deviceId: string;
  codes: string[];
}

/** Signs in, enrols an authenticator app, and saves the codes; somewhere else, before this page is looked at. */
export const signInAndEnrol = async ({
  client,
  signIn,
  code,
}: Pick<Page, 'client' | 'signIn' | 'code'>): Promise<Enrolled> => {
  const email = `${crypto.randomUUID()}@example.com`;
  await signIn(email);
  return act(async () => {
    const { id, secret } = await registerTotpMfaDevice(client);
    await authenticateTotpMfaDevice({ code: code(secret), deviceId: id }, client);
    const { recoveryCodes } = await getMfaRecoveryCodes(client);
    await acknowledgeRecoveryCodes(client);
    return { email, secret, deviceId: id, codes: recoveryCodes };
  });
};

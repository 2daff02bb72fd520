import {
  acknowledgeRecoveryCodes,
  authenticateTotpMfaDevice,
  createMfaClient,
  getMfaRecoveryCodes,
  isUserMissingMfaAuth,
  registerTotpMfaDevice,
  sendEmailOTP,
  verifyOTP,
} from 'mfa-kit/client';

/** How the person is asked: by your own interface, a terminal, a test. */
export interface Ask {
  emailCode: () => Promise<string>;
  appCode: (secret: string) => Promise<string>;
  save: (codes: string[]) => Promise<void>;
}

export const signInAndEnrol = async (apiBaseUrl: string, email: string, ask: Ask) => {
  const client = createMfaClient({ environmentId: '0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11', apiBaseUrl });

  const otpVerification = await sendEmailOTP({ email }, client);
  await verifyOTP({ otpVerification, verificationToken: await ask.emailCode() }, client);

  if (isUserMissingMfaAuth(client)) {
    const app = await registerTotpMfaDevice(client);
    await authenticateTotpMfaDevice({ code: await ask.appCode(app.secret), deviceId: app.id }, client);
    const { recoveryCodes } = await getMfaRecoveryCodes(client);
    await ask.save(recoveryCodes);
    await acknowledgeRecoveryCodes(client);
  }
  return client;
};

/** Our plain client and the published one, each on a server of its own in the same state: what one changes, the other changes, and both are told the same. */
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  authenticatePasskeyMFA,
  authenticateTotpMfaDevice,
  confirmTotpMfaDevice,
  createNewMfaRecoveryCodes,
  deleteMfaDevice,
  deletePasskey,
  deleteUser,
  initializeClient,
  logout,
  type MfaClient,
  refreshAuth,
  registerPasskey,
  renamePasskey,
  requestExternalAuthElevatedToken,
  retryEmailOTP,
  sendEmailOTP,
  setDefaultMfaDevice,
  signInWithExternalJwt,
  signInWithPasskey,
  TokenScope,
  updateUser,
  verifyOTP,
} from 'mfa-kit/client';
import { expect, onTestFinished, test } from 'vitest';
import { asSent } from '../support/asSent.js';
import { installAuthenticator } from '../support/installAuthenticator.js';
import { oursFor, type PublishedPerson, startAda } from '../support/publishedPerson.js';
import { origin } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';

interface Pair {
  /** What happened before, by the published client for both. */
  before: (ada: PublishedPerson) => Promise<unknown>;
  ours: (client: MfaClient, ada: PublishedPerson) => Promise<unknown>;
  theirs: (ada: PublishedPerson) => Promise<unknown>;
}

const nothing = async (): Promise<void> => {};
const enrolled = (ada: PublishedPerson) => ada.enrol();
const withPasskey = (ada: PublishedPerson) => ada.enrolPasskey();
const withBoth = async (ada: PublishedPerson) => {
  await ada.enrol();
  await ada.registerPasskey();
};
const waiting = async (ada: PublishedPerson) => {
  await withBoth(ada);
  await ada.signIn();
  ada.site.server.clock.advance(30_000);
};
const begun = async (ada: PublishedPerson) => {
  await ada.signIn();
  await ada.beginTotp();
};
const unsaved = async (ada: PublishedPerson) => {
  await begun(ada);
  await ada.authenticate({ id: ada.deviceId }, 0);
  await ada.site.call('getRecoveryCodes');
};
const external = async (ada: PublishedPerson) => {
  const jwt = await ada.site.externalJwt();
  await ada.keep(ada.site.call('externalAuthSignin', { externalAuthSigninRequest: { jwt } }));
};

const proof = { createMfaToken: { singleUse: true }, requestedScopes: [TokenScope.Credentialunlink] };
const firstPasskey = async (ada: PublishedPerson) => (await ada.listPasskeyIds())[0] ?? '';
const otpOf = async (ada: PublishedPerson) => {
  const { verificationUUID, verificationToken } = await ada.receiveCode();
  return { otpVerification: { verificationUUID, email: ada.email }, verificationToken };
};

const pairs: Record<string, Pair> = {
  'an e-mail code': {
    before: nothing,
    ours: (client, { email }) => sendEmailOTP({ email }, client),
    theirs: ({ site, email }) => site.call('createEmailVerification', { emailVerificationCreateRequest: { email } }),
  },
  'another e-mail code': {
    before: nothing,
    ours: async (client, ada) => retryEmailOTP(await otpOf(ada), client),
    async theirs(ada) {
      const { verificationUUID } = await ada.receiveCode();
      const emailVerificationRetryRequest = { verificationUUID, email: ada.email };
      return ada.site.call('retryEmailVerification', { emailVerificationRetryRequest });
    },
  },
  'a sign-in by e-mail': {
    before: nothing,
    ours: async (client, ada) => verifyOTP({ ...(await otpOf(ada)), allowNewMFALinking: true }, client),
    theirs: (ada) => ada.signIn(),
  },
  'the e-mail proven again': {
    before: (ada) => ada.signIn(),
    ours: async (client, ada) => verifyOTP(await otpOf(ada), client),
    theirs: async (ada) =>
      ada.keep(ada.site.call('verifyEmailVerification', { emailVerificationVerifyRequest: await ada.receiveCode() })),
  },
  'the application’s own sign-in': {
    before: nothing,
    ours: async (client, { site }) => signInWithExternalJwt({ externalJwt: await site.externalJwt() }, client),
    async theirs(ada) {
      const externalAuthSigninRequest = { jwt: await ada.site.externalJwt() };
      return ada.keep(ada.site.call('externalAuthSignin', { externalAuthSigninRequest }));
    },
  },
  'the application’s own sign-in proven again': {
    before: external,
    ours: async (client, { site }) =>
      requestExternalAuthElevatedToken({ externalJwt: await site.externalJwt() }, client),
    theirs: async ({ site }) =>
      site.call('externalAuthVerify', { externalAuthSigninRequest: { jwt: await site.externalJwt() } }),
  },
  'the first code of an app': {
    before: begun,
    ours: (client, ada) => authenticateTotpMfaDevice({ code: ada.code(), deviceId: ada.deviceId }, client),
    theirs: (ada) => ada.authenticate({ id: ada.deviceId }, 0),
  },
  'an app confirmed by the older road': {
    before: begun,
    ours: (client, ada) => confirmTotpMfaDevice({ code: ada.code() }, client),
    theirs: (ada) =>
      ada.site.call('registerTotpMfaDeviceVerify', {
        mFARegisterTotpDevicePostRequest: { type: 'totp', code: ada.code() },
      }),
  },
  'a code of the app, with what it may ask for': {
    before: waiting,
    ours: (client, ada) => authenticateTotpMfaDevice({ code: ada.code(), ...proof }, client),
    theirs: (ada) => ada.authenticate(proof, 0),
  },
  'a recovery code': {
    before: waiting,
    ours: (client, { codes }) => authenticateMfaRecoveryCode({ code: codes[0] ?? '' }, client),
    theirs: (ada) =>
      ada.keep(ada.site.call('authMfaRecovery', { mFAAuthRecoveryDevicePostRequest: { code: ada.codes[0] } })),
  },
  'saved codes': {
    before: unsaved,
    ours: acknowledgeRecoveryCodes,
    theirs: (ada) => ada.acknowledge(),
  },
  'new codes': {
    before: enrolled,
    ours: createNewMfaRecoveryCodes,
    theirs: ({ site }) => site.call('createNewRecoveryCodes'),
  },
  'the default app': {
    before: enrolled,
    ours: (client, { deviceId }) => setDefaultMfaDevice({ deviceId }, client),
    theirs: ({ site, deviceId }) => site.call('updateUserMfaDevice', { mfaDeviceId: deviceId }),
  },
  'an app removed': {
    before: withBoth,
    ours: (client, { deviceId }) => deleteMfaDevice({ deviceId }, client),
    theirs: ({ site, deviceId }) => site.call('deleteMfaDevice', { mfaDeviceId: deviceId, xMfaAuthToken: '' }),
  },
  'a passkey made': {
    before: (ada) => ada.signIn(),
    ours: (client) => registerPasskey({ createMfaToken: { singleUse: true } }, client),
    theirs: (ada) => ada.registerPasskey({ createMfaToken: { singleUse: true } }),
  },
  'a passkey as the second step': {
    before: waiting,
    ours: (client) => authenticatePasskeyMFA(proof, client),
    async theirs(ada) {
      const passkeyAuthRequest = await ada.assert('getPasskeyAuthenticationOptions', proof);
      return ada.keep(ada.site.call('authenticateMfaPasskeyDevice', { passkeyAuthRequest }));
    },
  },
  'a sign-in by passkey': {
    async before(ada) {
      await withPasskey(ada);
      ada.site.token = '';
    },
    ours: (client) => signInWithPasskey({}, client),
    async theirs(ada) {
      const passkeyAuthRequest = await ada.assert('getPasskeyAuthenticationSigninOptions');
      return ada.keep(ada.site.call('signinWithPasskey', { passkeyAuthRequest }));
    },
  },
  'a passkey renamed': {
    before: withPasskey,
    ours: async (client, ada) => renamePasskey({ passkeyId: await firstPasskey(ada), alias: 'Laptop' }, client),
    theirs: async (ada) =>
      ada.site.call('updatePasskey', { updateUserPasskeyRequest: { id: await firstPasskey(ada), alias: 'Laptop' } }),
  },
  'a passkey removed': {
    before: withBoth,
    ours: async (client, ada) => deletePasskey({ passkeyId: await firstPasskey(ada) }, client),
    theirs: async (ada) =>
      ada.site.call('deletePasskey', { deleteUserPasskeyRequest: { passkeyId: await firstPasskey(ada) } }),
  },
  'the user changed': {
    before: enrolled,
    ours: (client) => updateUser({ userFields: { firstName: 'Ada', alias: 'countess' } }, client),
    theirs: (ada) => ada.keep(ada.site.call('updateSelf', { userFields: { firstName: 'Ada', alias: 'countess' } })),
  },
  'the session renewed': {
    before: enrolled,
    ours: refreshAuth,
    theirs: (ada) => ada.keep(ada.site.call('refreshAuth')),
  },
  'the session ended': {
    before: enrolled,
    ours: (client) => logout(client),
    theirs: ({ site }) => site.call('revokeSession'),
  },
  'the user deleted': { before: enrolled, ours: deleteUser, theirs: ({ site }) => site.call('hardDeleteUser') },
};

/** What is made at random stands for itself no more; the clock is the test's and stands still. */
const withoutChance = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null)
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'an id')
      .replaceAll(/mfa_[\w-]+/g, 'an MFA token')
      .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'a JWT')
      .replaceAll(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/g, 'a recovery code')
      .replaceAll(/(?<=")[\w-]{43}(?=")/g, 'a credential'),
  );

/** What the server knows afterwards, as the published client reads it; a refusal where it reads nothing any more. */
const aftermath = async ({ site }: PublishedPerson): Promise<unknown> => {
  const reads = ['getAuthenticatedUser', 'getUserMfaMethods', 'getUserMfaDevices'].map((name) =>
    site.call(name).catch((refusal: Response) => refusal.json()),
  );
  return withoutChance(await Promise.all(reads));
};

test.each(Object.entries(pairs))('%s', async (_, { before, ours, theirs }) => {
  const [ada, twin] = [await startAda(), await startAda()];
  await before(ada);
  await before(twin);
  const client = oursFor(ada);
  await initializeClient(client);
  const authenticator = new SoftAuthenticator({ origin });
  authenticator.credentials.push(...ada.authenticator.credentials);
  onTestFinished(installAuthenticator(authenticator, globalThis));
  const wanted = asSent(await theirs(twin));
  const given = await ours(client, ada);
  // Session tokens stay inside our client, which shows the one it sends as `token`.
  const { jwt, minifiedJwt, ...rest } = Object(wanted) as Record<string, unknown>;
  expect(Boolean(minifiedJwt)).toBe(jwt !== undefined);
  if (wanted === undefined) expect(given).toBeUndefined();
  else expect(withoutChance(given)).toMatchObject(withoutChance(rest) as object);
  ada.site.token = client.token ?? ada.site.token;
  expect(await aftermath(ada)).toEqual(await aftermath(twin));
});

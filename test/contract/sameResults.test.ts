/** Our plain client and the published generated one, on one session: the same calls give the same results. */
import {
  authenticateTotpMfaDevice,
  checkStepUpAuth,
  getMfaDevices,
  getMfaMethods,
  getMfaRecoveryCodes,
  getPasskeys,
  getProjectSettings,
  type MfaClient,
  type ProjectSettings,
  refreshUser,
  registerTotpMfaDevice,
  TokenScope,
  updateUser,
} from 'mfa-kit/client';
import { expect, test } from 'vitest';
import { asSent } from '../support/asSent.js';
import { oursFor, type PublishedPerson, startAda } from '../support/publishedPerson.js';

type Pair = [ours: (client: MfaClient) => Promise<unknown>, theirs: (ada: PublishedPerson) => Promise<unknown>];

const read = async (ada: PublishedPerson, operation: string, request?: object) =>
  (await ada.site.call(operation, request)) as Record<string, unknown>;

const pairs: Record<string, Pair> = {
  devices: [getMfaDevices, async (ada) => (await read(ada, 'getUserMfaDevices')).devices],
  methods: [getMfaMethods, (ada) => read(ada, 'getUserMfaMethods', { verifiedOnly: true })],
  passkeys: [getPasskeys, async (ada) => (await read(ada, 'getUserPasskeys')).passkeys],
  'the user': [refreshUser, (ada) => read(ada, 'getAuthenticatedUser')],
  'the settings': [
    async (client) => (await getProjectSettings(client)).security.mfa,
    async (ada) => {
      const { security } = (await read(ada, 'getEnvironmentSettings')) as unknown as ProjectSettings;
      const { enabled, required, enrollment, methods, actions } = security.mfa;
      return { enabled, required, enrollment, methods, actions };
    },
  ],
  'the check for a step-up': [
    (client) => checkStepUpAuth({ scope: TokenScope.Credentialunlink }, client),
    (ada) => read(ada, 'stepUpCheck', { stepUpCheckRequest: { scope: TokenScope.Credentialunlink } }),
  ],
};

test.each(Object.entries(pairs))('%s', async (_, [ours, theirs]) => {
  const ada = await startAda();
  await ada.enrol();
  await ada.registerPasskey();
  const wanted = asSent(await theirs(ada));
  expect(wanted).toBeTruthy();
  expect(await ours(oursFor(ada))).toMatchObject(wanted as object);
});

test('an enrolment that one began is the one that the other goes on with, codes included', async () => {
  const ada = await startAda();
  await ada.signIn();
  const client = oursFor(ada);
  const begun = await registerTotpMfaDevice(client);
  expect(begun).toMatchObject(asSent(await read(ada, 'registerTotpMfaDevice')) as object);
  await ada.beginTotp();
  await authenticateTotpMfaDevice({ code: ada.code(), deviceId: begun.id }, client);
  ada.site.token = client.token ?? '';
  expect(await getMfaRecoveryCodes(client)).toEqual(asSent(await read(ada, 'getRecoveryCodes')));
});

test('what one changed is what the other reads; a refusal has one code for both', async () => {
  const ada = await startAda();
  await ada.enrol();
  const client = oursFor(ada);
  await updateUser({ userFields: { firstName: 'Ada' } }, client);
  expect(await read(ada, 'getAuthenticatedUser')).toMatchObject({ firstName: 'Ada' });
  const theirs = (await ada.site
    .call('authMfaTotpDevice', { mFAAuthTotpDevicePostRequest: { code: '000000' } })
    .catch((response: Response) => response.json())) as { code: string };
  const ours = authenticateTotpMfaDevice({ code: '000000' }, client);
  await expect(ours).rejects.toMatchObject({ serverCode: theirs.code, code: 'mfa_invalid_otp_error' });
});

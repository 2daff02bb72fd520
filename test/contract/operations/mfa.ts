/** Authenticator apps and recovery codes: begin, confirm, prove, list, choose, remove. */
import type { PublishedPerson } from '../../support/publishedPerson.js';
import { wrongCode } from '../../support/totp.js';
import type { Attempt, DrivenOperations } from './DrivenOperation.js';

const enrolled =
  (attempt: Attempt): Attempt =>
  async (ada) => {
    await ada.enrol();
    return attempt(ada);
  };

const confirm = ({ site }: PublishedPerson, code: string) =>
  site.call('registerTotpMfaDeviceVerify', { mFARegisterTotpDevicePostRequest: { type: 'totp', code } });

const authenticate = ({ site }: PublishedPerson, body: object) =>
  site.call('authMfaTotpDevice', { mFAAuthTotpDevicePostRequest: body });

const recover = ({ site }: PublishedPerson, code: string, extra: object = {}) =>
  site.call('authMfaRecovery', { mFAAuthRecoveryDevicePostRequest: { code, ...extra } });

const wrong = ({ site, secret }: PublishedPerson, variant = 0) => wrongCode(secret, site.server.clock(), variant);

/** As the published clients remove a device: the header is always there, empty where an elevated token goes along. */
const remove = ({ site, deviceId }: PublishedPerson, mfaDeviceId = deviceId, xMfaAuthToken = '') =>
  site.call('deleteMfaDevice', { mfaDeviceId, xMfaAuthToken });

const email: Attempt = ({ site }) =>
  site.call('authenticateMfaEmail', {
    emailVerificationMfaRequest: { verificationUUID: crypto.randomUUID(), verificationToken: '123456' },
  });

export const mfaOperations: DrivenOperations = {
  getUserMfaDevices: {
    status: 200,
    succeed: enrolled(({ site }) => site.call('getUserMfaDevices')),
    refusals: { not_signed_in: ({ site }) => site.call('getUserMfaDevices') },
  },
  getUserMfaMethods: {
    status: 200,
    async succeed(ada) {
      await ada.enrol();
      await ada.registerPasskey();
      return ada.site.call('getUserMfaMethods', { verifiedOnly: true });
    },
    refusals: { not_signed_in: ({ site }) => site.call('getUserMfaMethods') },
  },
  getMfaDevice: {
    status: 200,
    succeed: enrolled(({ site, deviceId }) => site.call('getMfaDevice', { mfaDeviceId: deviceId })),
    refusals: {
      mfa_device_not_found: enrolled(({ site }) => site.call('getMfaDevice', { mfaDeviceId: crypto.randomUUID() })),
    },
  },
  updateUserMfaDevice: {
    status: 204,
    // Without a body, which means the same as { default: true }.
    succeed: enrolled(({ site, deviceId }) => site.call('updateUserMfaDevice', { mfaDeviceId: deviceId })),
    refusals: {
      mfa_device_not_found: enrolled(({ site }) =>
        site.call('updateUserMfaDevice', { mfaDeviceId: crypto.randomUUID() }),
      ),
      async insufficient_scope(ada) {
        await ada.signIn();
        return ada.site.call('updateUserMfaDevice', { mfaDeviceId: crypto.randomUUID() });
      },
    },
  },
  deleteMfaDevice: {
    status: 204,
    async succeed(ada) {
      await ada.enrol();
      await ada.registerPasskey();
      ada.site.server.clock.advance(301_000);
      const { mfaToken = '' } = await ada.authenticate({ createMfaToken: { singleUse: true } });
      return remove(ada, ada.deviceId, mfaToken);
    },
    refusals: {
      async elevated_access_token_required(ada) {
        await ada.enrol();
        await ada.registerPasskey();
        ada.site.server.clock.advance(301_000);
        return remove(ada);
      },
      mfa_last_factor_required: enrolled((ada) => remove(ada)),
      mfa_device_not_found: enrolled((ada) => remove(ada, crypto.randomUUID())),
    },
  },
  registerTotpMfaDevice: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      return ada.site.call('registerTotpMfaDevice');
    },
    refusals: {
      not_signed_in: ({ site }) => site.call('registerTotpMfaDevice'),
      mfa_totp_already_enrolled: enrolled(({ site }) => site.call('registerTotpMfaDevice')),
    },
  },
  registerTotpMfaDeviceVerify: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      await ada.beginTotp();
      return confirm(ada, ada.code());
    },
    refusals: {
      async mfa_invalid_code(ada) {
        await ada.signIn();
        await ada.beginTotp();
        return confirm(ada, wrong(ada));
      },
    },
  },
  authMfaTotpDevice: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      await ada.beginTotp();
      return authenticate(ada, { id: ada.deviceId, code: ada.code(), createMfaToken: { singleUse: false } });
    },
    refusals: {
      not_signed_in: (ada) => authenticate(ada, { code: '123456' }),
      mfa_invalid_code: enrolled((ada) => authenticate(ada, { code: wrong(ada) })),
      mfa_rate_limited: enrolled(async (ada) => {
        for (let tries = 0; tries < 5; tries += 1) {
          await authenticate(ada, { code: wrong(ada, tries) }).catch(() => undefined);
        }
        return authenticate(ada, { code: wrong(ada) });
      }),
      invalid_scopes: enrolled((ada) => ada.authenticate({ requestedScopes: ['no:such'] })),
    },
  },
  authMfaRecovery: {
    status: 200,
    async succeed(ada) {
      await ada.enrol();
      await ada.signIn();
      return recover(ada, ada.codes[0] ?? '', { createMfaToken: { singleUse: true } });
    },
    refusals: {
      mfa_invalid_code: enrolled((ada) => recover(ada, 'AAAAAAAAAAAAAAAA')),
      mfa_rate_limited: enrolled(async (ada) => {
        for (let tries = 0; tries < 5; tries += 1) {
          await recover(ada, `AAAAAAAAAAAAAAA${tries}`).catch(() => undefined);
        }
        return recover(ada, 'AAAAAAAAAAAAAAAA');
      }),
    },
  },
  getRecoveryCodes: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      await ada.beginTotp();
      await ada.authenticate({ id: ada.deviceId });
      return ada.site.call('getRecoveryCodes');
    },
    refusals: {
      // Or whoever passed the first factor alone would be handed a second one.
      async insufficient_scope(ada) {
        await ada.enrol();
        await ada.signIn();
        return ada.site.call('getRecoveryCodes');
      },
    },
  },
  createNewRecoveryCodes: {
    status: 200,
    succeed: enrolled(({ site }) => site.call('createNewRecoveryCodes')),
    refusals: {
      async insufficient_scope(ada) {
        await ada.enrol();
        await ada.signIn();
        return ada.site.call('createNewRecoveryCodes');
      },
      elevated_access_token_required: enrolled(({ site }) => {
        site.server.clock.advance(301_000);
        return site.call('createNewRecoveryCodes');
      }),
    },
  },
  authenticateMfaEmail: {
    // Whoever reads the person's mail has the first factor already: it is no second one.
    status: null,
    refusals: {
      not_signed_in: email,
      async mfa_method_disabled(ada) {
        await ada.signIn();
        return email(ada);
      },
    },
  },
};

/** Passkeys: make one, by either road; prove oneself or sign in with one; list, rename, remove. */
import type { PasskeyRegistrationOptions } from '../../../src/wire/passkeys.js';
import type { PublishedPerson } from '../../support/publishedPerson.js';
import { origin } from '../../support/server.js';
import { SoftAuthenticator } from '../../support/softAuthenticator.js';
import type { Attempt, DrivenOperations } from './DrivenOperation.js';

const withPasskey =
  (attempt: Attempt): Attempt =>
  async (ada) => {
    await ada.enrolPasskey();
    return attempt(ada);
  };

const rename = ({ site }: PublishedPerson, id: string) =>
  site.call('updatePasskey', { updateUserPasskeyRequest: { id, alias: 'Office laptop' } });

const remove = ({ site }: PublishedPerson, passkeyId: string) =>
  site.call('deletePasskey', { deleteUserPasskeyRequest: { passkeyId } });

const prove = ({ site }: PublishedPerson, passkeyAuthRequest: object) =>
  site.call('authenticateMfaPasskeyDevice', { passkeyAuthRequest });

const signIn = ({ site }: PublishedPerson, passkeyAuthRequest: object) =>
  site.call('signinWithPasskey', { passkeyAuthRequest });

/** The older road, where the options come with the id of a pending device. */
const registerOlder = async ({ site }: PublishedPerson, once: { challenge?: string } = {}) => {
  const begun = await site.call('registerPasskeyMfaDevice');
  const { id, registration } = begun as { id: string; registration: PasskeyRegistrationOptions };
  const attestation = new SoftAuthenticator({ origin }).register(registration, once);
  return site.call('registerPasskeyMfaDeviceVerify', { mFARegisterPasskeyDevicePostRequest: { id, attestation } });
};

export const passkeyOperations: DrivenOperations = {
  getUserPasskeys: {
    status: 200,
    succeed: withPasskey(({ site }) => site.call('getUserPasskeys')),
    refusals: { not_signed_in: ({ site }) => site.call('getUserPasskeys') },
  },
  updatePasskey: {
    status: 200,
    succeed: withPasskey(async (ada) => rename(ada, (await ada.listPasskeyIds())[0] ?? '')),
    refusals: { passkey_not_found: withPasskey((ada) => rename(ada, crypto.randomUUID())) },
  },
  deletePasskey: {
    status: 204,
    succeed: withPasskey(async (ada) => {
      await ada.registerPasskey({}, new SoftAuthenticator({ origin, spelling: 'clientDataJson' }));
      return remove(ada, (await ada.listPasskeyIds())[0] ?? '');
    }),
    refusals: {
      passkey_not_found: withPasskey((ada) => remove(ada, crypto.randomUUID())),
      mfa_last_factor_required: withPasskey(async (ada) => remove(ada, (await ada.listPasskeyIds())[0] ?? '')),
      elevated_access_token_required: withPasskey(async (ada) => {
        const [id = ''] = await ada.listPasskeyIds();
        ada.site.server.clock.advance(301_000);
        return remove(ada, id);
      }),
    },
  },
  getPasskeyRegistrationOptions: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      return ada.site.call('getPasskeyRegistrationOptions');
    },
    refusals: { not_signed_in: ({ site }) => site.call('getPasskeyRegistrationOptions') },
  },
  registerPasskey: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      return ada.registerPasskey({ createMfaToken: { singleUse: true } });
    },
    refusals: {
      async passkey_challenge_expired(ada) {
        await ada.signIn();
        const passkeyRegisterRequest = await ada.makePasskey();
        ada.site.server.clock.advance(301_000);
        return ada.site.call('registerPasskey', { passkeyRegisterRequest });
      },
      async passkey_invalid(ada) {
        await ada.signIn();
        const made = await ada.makePasskey();
        const passkeyRegisterRequest = { ...made, response: { ...made.response, attestationObject: 'AAAA' } };
        return ada.site.call('registerPasskey', { passkeyRegisterRequest });
      },
    },
  },
  registerPasskeyMfaDevice: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      return ada.site.call('registerPasskeyMfaDevice');
    },
    refusals: { not_signed_in: ({ site }) => site.call('registerPasskeyMfaDevice') },
  },
  registerPasskeyMfaDeviceVerify: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      return registerOlder(ada);
    },
    refusals: {
      async passkey_challenge_expired(ada) {
        await ada.signIn();
        return registerOlder(ada, { challenge: 'AAAA' });
      },
    },
  },
  getPasskeyAuthenticationOptions: {
    status: 200,
    succeed: withPasskey(({ site }) => site.call('getPasskeyAuthenticationOptions')),
    refusals: {
      not_signed_in: ({ site }) => site.call('getPasskeyAuthenticationOptions'),
      async passkey_not_found(ada) {
        await ada.enrol();
        return ada.site.call('getPasskeyAuthenticationOptions');
      },
    },
  },
  authenticateMfaPasskeyDevice: {
    status: 200,
    succeed: withPasskey(async (ada) => {
      await ada.signIn();
      const asked = { createMfaToken: { singleUse: true }, requestedScopes: ['credential:unlink'] };
      return prove(ada, await ada.assert('getPasskeyAuthenticationOptions', asked));
    }),
    refusals: {
      passkey_challenge_expired: withPasskey(async (ada) => {
        const assertion = await ada.assert('getPasskeyAuthenticationOptions');
        await ada.keep(prove(ada, assertion));
        return prove(ada, assertion);
      }),
      passkey_invalid: withPasskey(async (ada) => {
        const assertion = await ada.assert('getPasskeyAuthenticationOptions');
        const { response } = assertion as { response: object };
        return prove(ada, { ...assertion, response: { ...response, signature: 'AAAA' } });
      }),
    },
  },
  getPasskeyAuthenticationSigninOptions: {
    status: 200,
    succeed: ({ site }) => site.call('getPasskeyAuthenticationSigninOptions'),
  },
  signinWithPasskey: {
    status: 200,
    succeed: withPasskey(async (ada) => {
      ada.site.token = '';
      return signIn(ada, await ada.assert('getPasskeyAuthenticationSigninOptions'));
    }),
    refusals: {
      passkey_not_found: withPasskey(async (ada) => {
        ada.site.token = '';
        const stranger = await ada.assert('getPasskeyAuthenticationSigninOptions', { id: 'AAAA', rawId: 'AAAA' });
        return signIn(ada, stranger);
      }),
    },
  },
};

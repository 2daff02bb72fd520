/** The first factor: e-mail code and the application's own sign-in, and each of them again in a session that goes on. */
import type { PublishedPerson } from '../../support/publishedPerson.js';
import type { DrivenOperations } from './DrivenOperation.js';

const signIn = ({ site }: PublishedPerson, emailVerificationVerifyRequest: object) =>
  site.call('signInWithEmailVerification', { emailVerificationVerifyRequest });

const verify = ({ site }: PublishedPerson, emailVerificationVerifyRequest: object) =>
  site.call('verifyEmailVerification', { emailVerificationVerifyRequest });

const external = async ({ site }: PublishedPerson, operation: string, jwt?: string) =>
  site.call(operation, { externalAuthSigninRequest: { jwt: jwt ?? (await site.externalJwt()) } });

/** Six digits that were not sent. */
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

export const firstFactorOperations: DrivenOperations = {
  createEmailVerification: {
    status: 200,
    succeed: ({ site, email }) =>
      site.call('createEmailVerification', { emailVerificationCreateRequest: { email, captchaToken: 'ignored' } }),
    refusals: {
      invalid_email: ({ site }) =>
        site.call('createEmailVerification', { emailVerificationCreateRequest: { email: 'nowhere' } }),
    },
  },
  retryEmailVerification: {
    status: 200,
    async succeed(ada) {
      const { verificationUUID } = await ada.receiveCode();
      const emailVerificationRetryRequest = { verificationUUID, email: ada.email };
      return ada.site.call('retryEmailVerification', { emailVerificationRetryRequest });
    },
    refusals: {
      invalid_email: ({ site }) =>
        site.call('retryEmailVerification', {
          emailVerificationRetryRequest: { verificationUUID: crypto.randomUUID(), email: 'nowhere' },
        }),
    },
  },
  signInWithEmailVerification: {
    status: 200,
    succeed: (ada) => ada.signIn(),
    refusals: {
      async wrong_email_verification_token(ada) {
        const sent = await ada.receiveCode();
        return signIn(ada, { ...sent, verificationToken: other(sent.verificationToken) });
      },
      invalid_email_verification: (ada) =>
        signIn(ada, { verificationUUID: crypto.randomUUID(), verificationToken: '123456' }),
      async too_many_email_verification_attempts(ada) {
        const sent = await ada.receiveCode();
        const wrong = { ...sent, verificationToken: other(sent.verificationToken) };
        for (let tries = 0; tries < 5; tries += 1) await signIn(ada, wrong).catch(() => undefined);
        return signIn(ada, wrong);
      },
    },
  },
  verifyEmailVerification: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      return verify(ada, await ada.receiveCode());
    },
    refusals: {
      not_signed_in: async (ada) => verify(ada, await ada.receiveCode()),
      async wrong_email_verification_token(ada) {
        await ada.signIn();
        const sent = await ada.receiveCode();
        return verify(ada, { ...sent, verificationToken: other(sent.verificationToken) });
      },
      async invalid_scopes(ada) {
        await ada.signIn();
        return verify(ada, { ...(await ada.receiveCode()), requestedScopes: ['wallet:sign'] });
      },
    },
  },
  externalAuthSignin: {
    status: 200,
    succeed: (ada) => external(ada, 'externalAuthSignin'),
    refusals: { invalid_external_auth: (ada) => external(ada, 'externalAuthSignin', 'not.a.token') },
  },
  externalAuthVerify: {
    status: 200,
    async succeed(ada) {
      await ada.keep(external(ada, 'externalAuthSignin'));
      return external(ada, 'externalAuthVerify');
    },
    refusals: {
      not_signed_in: (ada) => external(ada, 'externalAuthVerify'),
      async invalid_external_auth(ada) {
        await ada.keep(external(ada, 'externalAuthSignin'));
        return external(ada, 'externalAuthVerify', 'not.a.token');
      },
    },
  },
};

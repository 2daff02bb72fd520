/** Who is signed in: reading, changing and deleting the user, renewing and ending the session, and what asks for a fresh proof. */
import type { PublishedPerson } from '../../support/publishedPerson.js';
import type { DrivenOperations } from './DrivenOperation.js';

const check = ({ site }: PublishedPerson, scope: string) => site.call('stepUpCheck', { stepUpCheckRequest: { scope } });

export const sessionOperations: DrivenOperations = {
  getAuthenticatedUser: {
    status: 200,
    async succeed(ada) {
      await ada.enrol();
      return ada.site.call('getAuthenticatedUser');
    },
    refusals: { not_signed_in: ({ site }) => site.call('getAuthenticatedUser') },
  },
  updateSelf: {
    status: 200,
    async succeed(ada) {
      await ada.enrol();
      return ada.site.call('updateSelf', { userFields: { firstName: 'Ada', lastName: 'Byron', alias: 'ada' } });
    },
    refusals: {
      not_signed_in: (ada) => ada.acknowledge(),
      async insufficient_scope(ada) {
        await ada.signIn();
        return ada.acknowledge();
      },
      async invalid_update(ada) {
        await ada.enrol();
        return ada.site.call('updateSelf', { userFields: { email: 'bob@example.com' } });
      },
    },
  },
  hardDeleteUser: {
    status: 204,
    async succeed(ada) {
      await ada.enrol();
      return ada.site.call('hardDeleteUser');
    },
    refusals: {
      not_signed_in: ({ site }) => site.call('hardDeleteUser'),
      async elevated_access_token_required(ada) {
        await ada.enrol();
        ada.site.server.clock.advance(301_000);
        return ada.site.call('hardDeleteUser');
      },
    },
  },
  refreshAuth: {
    status: 200,
    async succeed(ada) {
      await ada.signIn();
      return ada.site.call('refreshAuth');
    },
    refusals: {
      not_signed_in: ({ site }) => site.call('refreshAuth'),
      async session_ended(ada) {
        await ada.signIn();
        await ada.site.call('revokeSession');
        return ada.site.call('refreshAuth');
      },
    },
  },
  revokeSession: {
    status: 204,
    async succeed(ada) {
      await ada.signIn();
      return ada.site.call('revokeSession');
    },
    refusals: { not_signed_in: ({ site }) => site.call('revokeSession') },
  },
  sessionCheck: {
    status: 204,
    async succeed(ada) {
      await ada.signIn();
      return ada.site.call('sessionCheck');
    },
    refusals: {
      not_signed_in: ({ site }) => site.call('sessionCheck'),
      async token_expired(ada) {
        await ada.signIn();
        ada.site.server.clock.advance(11 * 60_000);
        return ada.site.call('sessionCheck');
      },
    },
  },
  stepUpCheck: {
    status: 200,
    async succeed(ada) {
      await ada.enrol();
      ada.site.server.clock.advance(301_000);
      return check(ada, 'credential:unlink');
    },
    refusals: {
      not_signed_in: (ada) => check(ada, 'credential:unlink'),
      async invalid_request(ada) {
        await ada.signIn();
        return check(ada, '');
      },
    },
  },
};

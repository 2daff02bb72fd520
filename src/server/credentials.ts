/** The first factors of a user as the wire calls them: verified credentials, each with an id that stays its own. */
import type { VerifiedCredential } from '../wire/session.js';
import { sha256Uuid } from './crypto.js';
import type { IdentityRecord, SessionRecord } from './store/records.js';
import type { StoreReads } from './store/Store.js';

/** Derived, so that nothing has to be kept; from the user as well, so that it tells nothing of an address. */
export const credentialIdOf = ({ userId, kind, issuer, subject }: Omit<IdentityRecord, 'environmentId'>) =>
  sha256Uuid(JSON.stringify([userId, kind, issuer, subject]));

/**
 * E-mail addresses first, then subjects of the application's own sign-in. Only an identity counts: an address that came with
 * an external token is part of the profile, and no code sent there would be taken.
 */
export const listCredentials = async (
  store: Pick<StoreReads, 'listIdentities'>,
  userId: string,
): Promise<VerifiedCredential[]> => {
  const identities = await store.listIdentities(userId);
  return Promise.all(
    identities.map(async (identity) => {
      const { kind, subject } = identity;
      const known = { id: await credentialIdOf(identity), signInEnabled: true, public_identifier: subject };
      return kind === 'email' ? { ...known, format: 'email', email: subject } : { ...known, format: 'externalUser' };
    }),
  );
};

/** The one proven last in a session; the first there is, where none was or it is not known. */
export const lastVerified = (
  session: SessionRecord,
  credentials: readonly VerifiedCredential[],
): VerifiedCredential | undefined => credentials.find(({ id }) => id === session.credentialId) ?? credentials[0];

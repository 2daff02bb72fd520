/** Brings users along from another service, each with the ways in they have there. */
import type { Core } from '../core.js';
import { randomUuid } from '../crypto.js';
import { isEmailAddress } from '../emailAddress.js';
import type { ImportedUser } from '../MfaImports.js';
import { refuse } from '../refusals.js';
import { importedUser, readBody } from '../schema.js';
import type { IdentityRecord, UserRecord } from '../store/records.js';
import type { StoreReads, StoreTransaction } from '../store/Store.js';

type Identity = Omit<IdentityRecord, 'userId'>;

const invalid = (field: string) => refuse('invalid_request', { payload: { field } });
const taken = (field: string) => refuse('invalid_update', { payload: { field } });
const fieldOf = ({ kind }: Pick<IdentityRecord, 'kind'>): string => (kind === 'email' ? 'email' : 'externalUserId');

const identitiesOf = ({ environmentId, options }: Core, user: ImportedUser): [Identity, ...Identity[]] => {
  const { email, externalUserId } = user;
  const { externalAuth } = options;
  if (email !== undefined && !isEmailAddress(email)) throw invalid('email');
  if (externalUserId !== undefined && !externalAuth) throw invalid('externalUserId');
  const known: Identity[] = [];
  if (email !== undefined) known.push({ environmentId, kind: 'email', issuer: '', subject: email });
  if (externalUserId !== undefined && externalAuth) {
    known.push({ environmentId, kind: 'external', issuer: externalAuth.issuer, subject: externalUserId });
  }
  const [first, ...rest] = known;
  if (!first) throw invalid('email');
  return [first, ...rest];
};

/** The one user that everything given leads to; null where nothing leads to anybody. */
const findImported = async (
  store: StoreReads,
  { environmentId }: Core,
  id: string | undefined,
  identities: readonly Identity[],
): Promise<UserRecord | null> => {
  let user = id === undefined ? null : await store.findUser(environmentId, id);
  for (const identity of identities) {
    const owner = (await store.findIdentity(identity))?.userId;
    if (owner === undefined) continue;
    if (id !== undefined && owner !== id) throw taken('id');
    if (user && owner !== user.id) throw taken(fieldOf(identity));
    user ??= await store.findUser(environmentId, owner);
  }
  return user;
};

/** Adds the ways in that are missing. One of a kind is enough: a second would be a change of who signs in, not a move. */
const completeIdentities = async (tx: StoreTransaction, user: UserRecord, identities: readonly Identity[]) => {
  await tx.lockUser(user.id);
  const present = await tx.listIdentities(user.id);
  for (const identity of identities) {
    const same = present.find(({ kind, issuer }) => kind === identity.kind && issuer === identity.issuer);
    if (same?.subject === identity.subject) continue;
    if (same || !(await tx.addIdentity({ ...identity, userId: user.id }))) throw taken(fieldOf(identity));
    if (identity.kind === 'email' && user.email === null) await tx.updateUser(user.id, { email: identity.subject });
  }
};

export const importUser = async (core: Core, input: ImportedUser): Promise<{ userId: string; isNew: boolean }> => {
  const given = readBody(importedUser, input);
  const email = given.email?.trim().toLowerCase();
  const identities = identitiesOf(core, { ...given, email });
  const now = core.clock();
  const { id, firstName = null, lastName = null, alias = null, createdAt = now } = given;
  if (createdAt > now) throw invalid('createdAt');
  const user: UserRecord = {
    id: id ?? randomUuid(),
    environmentId: core.environmentId,
    email: email ?? null,
    firstName,
    lastName,
    alias,
    acknowledgement: null,
    passkeyHandle: null,
    createdAt,
    lastSeenAt: createdAt,
  };
  return core.store.transaction(async (tx) => {
    const isNew =
      (await findImported(tx, core, id, identities)) === null &&
      (await tx.createUser({ ...identities[0], userId: user.id }, user));
    // Looked for again: where it could not be made, another import was first.
    const found = isNew ? user : await findImported(tx, core, id, identities);
    // Taken in another environment of this database.
    if (!found) throw taken('id');
    await completeIdentities(tx, found, identities);
    return { userId: found.id, isNew };
  });
};

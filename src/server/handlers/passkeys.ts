/** The passkeys of a user: which there are, what their owner calls them, and taking one away. */
import * as wire from '../../wire/passkeyRoutes.js';
import { isFullyAuthenticatedScope, TokenScope } from '../../wire/scopes.js';
import { describePasskey } from '../answers.js';
import { appendAudit } from '../audit.js';
import {
  type AnyRoute,
  answer,
  auditOrigin,
  endpoint,
  nothingToSay,
  type SignedInCall,
  sessionRoute,
} from '../call.js';
import { removeFactor } from '../factorRemoval.js';
import { demandFreshFactor } from '../guard.js';
import { tell } from '../proofs.js';
import { refuse } from '../refusals.js';
import { deletePasskeyBody, renamePasskeyBody } from '../schema.js';
import type { PasskeyRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { passkeyList, passkey as passkeyResponse } from './responses.js';

/** Room for a device and its place, and short enough for a line of a list. */
const MAX_ALIAS = 64;

/** Trimmed; null for none. */
const readAlias = (alias: string | null | undefined): string | null => {
  const text = alias?.trim() ?? '';
  if (text.length > MAX_ALIAS) throw refuse('invalid_request', { payload: { field: 'alias' } });
  return text === '' ? null : text;
};

/** Another user's passkey is as unknown as one that never was. */
const findOwn = async (tx: StoreTransaction, call: SignedInCall, id: string): Promise<PasskeyRecord> => {
  const found = (await tx.listPasskeys(call.user.id)).find((passkey) => passkey.id === id);
  if (!found) throw refuse('passkey_not_found');
  return found;
};

export const passkeyRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.listPasskeys),
    access: 'waiting',
    summary: "The user's passkeys, oldest first; a session that waits for its second factor is not told their names",
    response: passkeyList,
    async handle({ core, session, user }) {
      const showsDetails = isFullyAuthenticatedScope(session.scope);
      const passkeys = await core.store.listPasskeys(user.id);
      return answer({
        count: passkeys.length,
        passkeys: passkeys.map((passkey) => describePasskey(passkey, showsDetails)),
      });
    },
  }),
  sessionRoute({
    ...endpoint(wire.renamePasskey),
    access: 'basic',
    summary: 'Rename a passkey: 64 characters at most, none to take its name away',
    body: renamePasskeyBody,
    response: passkeyResponse,
    async handle(call) {
      const { core, user, now, body } = call;
      const alias = readAlias(body.alias);
      const renamed = await core.store.transaction(async (tx) => {
        await tx.lockUser(user.id);
        const passkey = await findOwn(tx, call, body.id);
        await demandFreshFactor(tx, call, { scope: TokenScope.Credentialunlink });
        await tx.renamePasskey(user.id, passkey.id, alias, now);
        await appendAudit(tx, auditOrigin(call), user.id, 'factor_renamed', { factorId: passkey.id });
        return { ...passkey, alias, updatedAt: now };
      });
      return answer(describePasskey(renamed, true));
    },
  }),
  sessionRoute({
    ...endpoint(wire.deletePasskey),
    access: 'basic',
    summary: 'Remove a passkey',
    body: deletePasskeyBody,
    async handle(call) {
      const { core, user, body } = call;
      const policy = await core.policy();
      await core.store.transaction(async (tx) => {
        await tx.lockUser(user.id);
        const { id } = await findOwn(tx, call, body.passkeyId);
        await removeFactor(tx, call, policy, { kind: 'passkey', id });
      });
      tell(call, 'factor_removed');
      return nothingToSay;
    },
  }),
];

/** The user's authenticator apps and how every factor stands: what there is, which comes first, taking one away. */

import type { FactorState } from '../../wire/devices.js';
import * as wire from '../../wire/routes.js';
import { isFullyAuthenticatedScope } from '../../wire/scopes.js';
import { describeDevice, describePasskey } from '../answers.js';
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
import { requireScope } from '../guard.js';
import { tell } from '../proofs.js';
import { refuse } from '../refusals.js';
import { setDefaultBody } from '../schema.js';
import { isSuspended } from '../store/attemptLimits.js';
import type { AttemptRecord, FactorKind, TotpDeviceRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { device, deviceList, methods } from './responses.js';

const isAlive = (totp: TotpDeviceRecord, now: number): boolean => totp.expiresAt === null || totp.expiresAt > now;

/** Default first, then the verified ones, then the newest. */
const byImportance = (a: TotpDeviceRecord, b: TotpDeviceRecord): number =>
  Number(b.isDefault) - Number(a.isDefault) ||
  Number(b.state === 'verified') - Number(a.state === 'verified') ||
  b.createdAt - a.createdAt;

const listLive = async (call: SignedInCall): Promise<TotpDeviceRecord[]> =>
  (await call.core.store.listTotpDevices(call.user.id)).filter((totp) => isAlive(totp, call.now)).sort(byImportance);

const showsAlias = (call: SignedInCall): boolean => isFullyAuthenticatedScope(call.session.scope);

const factorState = (attempts: AttemptRecord[], factor: FactorKind, now: number): FactorState => {
  const attempt = attempts.find((candidate) => candidate.factor === factor);
  const isOff = attempt !== undefined && isSuspended(attempt);
  const isWaiting = attempt !== undefined && !isOff && attempt.nextAt > now;
  return { lockedUntil: isWaiting ? attempt.nextAt : null, isSuspended: isOff };
};

/** Another user's device is as unknown as one that never was. */
const findOwn = async (
  store: Pick<StoreTransaction, 'listTotpDevices'>,
  call: SignedInCall,
): Promise<TotpDeviceRecord> => {
  const devices = await store.listTotpDevices(call.user.id);
  const found = devices.find((totp) => totp.id === call.id && isAlive(totp, call.now));
  if (!found) throw refuse('mfa_device_not_found');
  return found;
};

export const deviceRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.listDevices),
    access: 'waiting',
    summary: "The user's authenticator apps, default first",
    response: deviceList,
    async handle(call) {
      const devices = (await listLive(call)).map((totp) => describeDevice(totp, showsAlias(call)));
      return answer({ count: devices.length, devices });
    },
  }),
  sessionRoute({
    ...endpoint(wire.listMethods),
    access: 'waiting',
    summary: 'Every factor of the user and how each stands',
    query: { verifiedOnly: { type: 'boolean', description: 'true leaves out what is not verified yet.' } },
    response: methods,
    async handle(call) {
      const { core, user, now } = call;
      const [live, passkeys, attempts, sets] = await Promise.all([
        listLive(call),
        core.store.listPasskeys(user.id),
        core.store.listAttempts(user.id),
        core.store.findRecoverySets(user.id, now),
      ]);
      const verified = live.filter((totp) => totp.state === 'verified');
      const shown = call.query.get('verifiedOnly') === 'true' ? verified : live;
      return answer({
        devices: shown.map((totp) => describeDevice(totp, showsAlias(call))),
        passkeys: passkeys.map((passkey) => describePasskey(passkey, showsAlias(call))),
        userHasVerifiedMfaMethods: verified.length > 0 || passkeys.length > 0,
        factors: {
          totp: factorState(attempts, 'totp', now),
          recovery: { ...factorState(attempts, 'recovery', now), left: sets.left },
        },
        serverTime: now,
      });
    },
  }),
  sessionRoute({
    ...endpoint(wire.getDevice),
    access: 'waiting',
    summary: 'One authenticator app',
    response: device,
    handle: async (call) => answer(describeDevice(await findOwn(call.core.store, call), showsAlias(call))),
  }),
  sessionRoute({
    ...endpoint(wire.setDefaultDevice),
    access: 'basic',
    summary: 'Make a device the default one; an empty body means the same',
    body: setDefaultBody,
    async handle(call) {
      const { core, user } = call;
      await core.store.transaction(async (tx) => {
        await tx.lockUser(user.id);
        const totp = await findOwn(tx, call);
        if (call.body?.default === false) return;
        if (totp.state !== 'verified' || !(await tx.setDefaultTotp(user.id, totp.id)))
          throw refuse('mfa_device_not_found');
      });
      return nothingToSay;
    },
  }),
  sessionRoute({
    ...endpoint(wire.deleteDevice),
    access: 'waiting',
    summary: 'Remove an authenticator app, or cancel one that is not verified yet',
    async handle(call) {
      const { core, session, user } = call;
      const policy = await core.policy();
      const wasVerified = await core.store.transaction(async (tx) => {
        await tx.lockUser(user.id);
        const totp = await findOwn(tx, call);
        const isOwnPending = totp.state === 'pending' && totp.lineId === session.lineId;
        if (!isOwnPending) requireScope(session, 'basic');
        if (totp.state === 'verified') {
          await removeFactor(tx, call, policy, { kind: 'totp', id: totp.id });
          return true;
        }
        await tx.deleteTotp(user.id, totp.id);
        await appendAudit(tx, auditOrigin(call), user.id, 'enroll_expired', { factorId: totp.id, reason: 'cancelled' });
        return false;
      });
      if (wasVerified) tell(call, 'factor_removed');
      return nothingToSay;
    },
  }),
];

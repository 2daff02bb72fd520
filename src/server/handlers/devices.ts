/** The user's factors: what there is, which comes first, and taking one away. */

import type { FactorState } from '../../wire/devices.js';
import * as wire from '../../wire/routes.js';
import { isFullyAuthenticatedScope } from '../../wire/scopes.js';
import { describeDevice } from '../answers.js';
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
import { demandFreshFactor, requireScope } from '../guard.js';
import { endOtherAccess, tell } from '../proofs.js';
import { refuse } from '../refusals.js';
import { setDefaultBody } from '../schema.js';
import { isSuspended } from '../store/attemptLimits.js';
import type { AttemptRecord, FactorKind, TotpDeviceRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { device, deviceList, methods, passkeyList } from './responses.js';

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

const removeVerified = async (
  tx: StoreTransaction,
  call: SignedInCall,
  totp: TotpDeviceRecord,
  mustKeepOne: boolean,
) => {
  const { user, session } = call;
  await demandFreshFactor(tx, call);
  await tx.deleteTotp(user.id, totp.id);
  const hasAnother = await tx.hasVerifiedFactor(user.id);
  if (!hasAnother && mustKeepOne) throw refuse('mfa_last_factor_required');
  if (!hasAnother) {
    // Codes that stand in for a factor are nothing without one.
    await tx.deleteRecoverySets(user.id);
    await tx.updateUser(user.id, { acknowledgement: null });
  }
  await endOtherAccess(tx, call, session.sid);
  await appendAudit(tx, auditOrigin(call), user.id, 'factor_removed', { factorId: totp.id });
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
    summary: 'Every factor of the user and how each stands; ?verifiedOnly=true leaves pending ones out',
    response: methods,
    async handle(call) {
      const { core, user, now } = call;
      const [live, attempts, sets] = await Promise.all([
        listLive(call),
        core.store.listAttempts(user.id),
        core.store.findRecoverySets(user.id, now),
      ]);
      const verified = live.filter((totp) => totp.state === 'verified');
      const shown = call.query.get('verifiedOnly') === 'true' ? verified : live;
      return answer({
        devices: shown.map((totp) => describeDevice(totp, showsAlias(call))),
        passkeys: [],
        userHasVerifiedMfaMethods: verified.length > 0,
        factors: {
          totp: factorState(attempts, 'totp', now),
          recovery: { ...factorState(attempts, 'recovery', now), left: sets.left },
        },
        serverTime: now,
      });
    },
  }),
  sessionRoute({
    method: 'GET',
    path: '/users/passkeys',
    access: 'waiting',
    summary: "The user's passkeys: none, as this server does not enrol them yet",
    response: passkeyList,
    handle: async () => answer({ count: 0, passkeys: [] }),
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
      const mustKeepOne = (await core.policy()).enrollment === 'signup';
      const wasVerified = await core.store.transaction(async (tx) => {
        await tx.lockUser(user.id);
        const totp = await findOwn(tx, call);
        const isOwnPending = totp.state === 'pending' && totp.lineId === session.lineId;
        if (!isOwnPending) requireScope(session, 'basic');
        if (totp.state === 'verified') {
          await removeVerified(tx, call, totp, mustKeepOne);
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

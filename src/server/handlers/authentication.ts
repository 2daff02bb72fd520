/** Six digits or a recovery code: a real session becomes a trusted one (security.md D1). */

import * as wire from '../../wire/routes.js';
import { isWaitingForMfaScope } from '../../wire/scopes.js';
import { answerSession } from '../answers.js';
import { type Slot, withSlot } from '../attempts.js';
import { appendAudit } from '../audit.js';
import { type AnyRoute, auditOrigin, endpoint, type Reply, type SignedInCall, sessionRoute } from '../call.js';
import { confirmDevice, tellOfChange } from '../enrolment.js';
import { prepareFirstCodes } from '../firstCodes.js';
import { readWanted, type Wanted } from '../grants.js';
import { answerMinted } from '../minting.js';
import type { MfaPolicy } from '../policy.js';
import { type Granted, grantProof, recordReplay, recordWrongCode, takeEffect, tell } from '../proofs.js';
import { DEFAULT_ROUNDS, hashSubmittedCode, hashUnderNewPepper } from '../recoveryCodes.js';
import { refuse } from '../refusals.js';
import { repeatSession } from '../repeats.js';
import { authenticateBody, authenticateTotpBody } from '../schema.js';
import type { RecoverySetRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { checkTotpCode, type FreshCode, pickDevice, replayRefusal } from '../verification.js';
import { verifyResponse } from './responses.js';

/** At this many codes left the person is asked to make new ones. */
const FEW_CODES = 3;

interface Asked {
  policy: MfaPolicy;
  wanted: Wanted;
}

/** A good code of the verified device: its step is used, the session goes on. */
const acceptCode = (call: SignedInCall, slot: Slot, code: FreshCode, asked: Asked) =>
  takeEffect(call, slot, async (tx) => {
    const { step, drift, device, resealed } = code;
    const { session, user, now } = call;
    const use = { userId: user.id, id: device.id, step, lineId: session.lineId, drift, now };
    if (!(await tx.consumeTotpStep(use))) {
      await recordReplay(tx, call, slot, device.id);
      const current = (await tx.listTotpDevices(user.id)).find(({ id }) => id === device.id);
      return { kind: 'replay' as const, device: current ?? device };
    }
    if (resealed !== null) await tx.resealTotp(device.id, device.secret, resealed);
    return grantProof(tx, call, slot, { ...asked, acr: 'factor', amr: 'otp', event: 'totp_ok', factorId: device.id });
  });

/** The first good code of a pending device: it becomes the verified one, and a session that waited goes on. */
const acceptEnrolment = async (call: SignedInCall, slot: Slot, code: FreshCode, asked: Asked) => {
  const codes = await prepareFirstCodes(call, asked.policy);
  const outcome = await takeEffect(call, slot, async (tx) => {
    const { hasNewCodes, event } = await confirmDevice(tx, call, { ...code, codes });
    const granted = await grantProof(tx, call, slot, {
      ...asked,
      acr: 'factor',
      amr: 'otp',
      event,
      factorId: code.device.id,
      // Not before the codes are saved, or an application would send the person away from them.
      isTokenDeferred: hasNewCodes,
      isFactorChange: true,
    });
    return granted;
  });
  if (outcome.kind === 'granted') tellOfChange(call, code.device);
  return outcome;
};

const answerGranted = async (
  call: SignedInCall,
  granted: Granted,
  policy: MfaPolicy,
  left?: number,
): Promise<Reply> => {
  const { core, user } = call;
  const current = (await core.store.findUser(core.environmentId, user.id)) ?? user;
  const extra = {
    ...answerMinted(granted.minted),
    ...(left !== undefined && { recoveryCodesLeft: left }),
  };
  return answerSession(call, { session: granted.session, user: current, policy, jti: granted.jti, extra });
};

const authenticateTotp = sessionRoute({
  ...endpoint(wire.authenticateTotp),
  access: 'waiting',
  summary: 'Prove an authenticator app; with the id of a pending one, enrol it',
  body: authenticateTotpBody,
  response: verifyResponse,
  takesCode: true,
  async handle(call) {
    const { core, user, now, body } = call;
    const policy = await core.policy();
    const wanted = await readWanted(call, body, { policy, acr: 'factor' });
    return withSlot(core, { userId: user.id, factor: 'totp', now }, async (slot) => {
      const device = pickDevice(await core.store.listTotpDevices(user.id), call, body.id);
      const code = await checkTotpCode(call, slot, device, body.code);
      if (code.kind === 'earlier') return repeatSession(call, code.earlier);
      const accept = code.device.state === 'pending' ? acceptEnrolment : acceptCode;
      const outcome = await accept(call, slot, code, { policy, wanted });
      if (outcome.kind === 'earlier') return repeatSession(call, outcome.earlier);
      if (outcome.kind === 'replay') throw replayRefusal(call, slot, outcome.device);
      return answerGranted(call, outcome, policy);
    });
  },
  repeat: repeatSession,
});

const countLeft = async (call: SignedInCall): Promise<number> =>
  (await call.core.store.findRecoverySets(call.user.id, call.now)).left;

const consumeCode = async (tx: StoreTransaction, call: SignedInCall, live: RecoverySetRecord, codeHash: string) => {
  const { core, session, user, now } = call;
  const use = { userId: user.id, setId: live.id, sid: session.sid, now };
  if (await tx.consumeRecoveryCode({ ...use, codeHash })) return true;
  // Keys may have been rotated while the code was hashed.
  const current = (await tx.findRecoverySets(user.id, now)).live;
  const renewed = await hashUnderNewPepper(core.pepper, live, current, codeHash);
  return renewed !== null && tx.consumeRecoveryCode({ ...use, codeHash: renewed });
};

const authenticateRecovery = sessionRoute({
  ...endpoint(wire.authenticateRecoveryCode),
  access: 'waiting',
  summary: 'Prove oneself with a recovery code, which is used up',
  body: authenticateBody,
  response: verifyResponse,
  takesCode: true,
  async handle(call) {
    const { core, session, user, now, body } = call;
    const policy = await core.policy();
    const wanted = await readWanted(call, body, { policy, acr: 'recovery' });
    return withSlot(core, { userId: user.id, factor: 'recovery', now }, async (slot) => {
      const { live } = await core.store.findRecoverySets(user.id, now);
      const codeHash = await hashSubmittedCode(
        core.pepper,
        live,
        body.code,
        core.options.recoveryCodeRounds ?? DEFAULT_ROUNDS,
      );
      const outcome = await takeEffect(call, slot, async (tx) => {
        if (!live || !codeHash || !(await consumeCode(tx, call, live, codeHash))) return { kind: 'wrong' as const };
        const { left } = await tx.findRecoverySets(user.id, now);
        const granted = await grantProof(tx, call, slot, {
          acr: 'recovery',
          amr: 'otp',
          policy,
          event: 'recovery_ok',
          factorId: live.id,
          wanted,
          isFactorChange: isWaitingForMfaScope(session.scope),
        });
        if (left <= FEW_CODES)
          await appendAudit(tx, auditOrigin(call), user.id, 'recovery_low', { reason: String(left) });
        return { ...granted, left };
      });
      if (outcome.kind === 'earlier') return repeatRecovery(call, outcome.earlier);
      if (outcome.kind === 'wrong') throw await recordWrongCode(call, slot, 'recovery_fail');
      tell(call, 'recovery_code_used', { recoveryCodesLeft: outcome.left });
      if (outcome.left <= FEW_CODES) tell(call, 'recovery_codes_low', { recoveryCodesLeft: outcome.left });
      return answerGranted(call, outcome, policy, outcome.left);
    });
  },
  repeat: (call, earlier) => repeatRecovery(call, earlier),
});

const repeatRecovery = (call: SignedInCall, earlier: Parameters<typeof repeatSession>[1]): Promise<Reply> =>
  repeatSession(call, earlier, async () => ({ recoveryCodesLeft: await countLeft(call) }));

const authenticateEmail = sessionRoute({
  method: 'POST',
  path: '/users/mfa/auth/email',
  access: 'waiting',
  summary: 'Always refused: a code to an e-mail address proves the first factor, which is never taken as the second',
  response: verifyResponse,
  async handle() {
    // S-33. Nothing is looked at, so that nothing can be guessed here either.
    throw refuse('mfa_method_disabled');
  },
});

export const authenticationRoutes: AnyRoute[] = [authenticateTotp, authenticateRecovery, authenticateEmail];

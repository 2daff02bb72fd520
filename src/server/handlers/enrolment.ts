/** Enrolling an authenticator app: the secret to scan, and the older way to confirm it. */

import * as wire from '../../wire/routes.js';
import { isFullyAuthenticatedScope } from '../../wire/scopes.js';
import { describeDevice } from '../answers.js';
import { withSlot } from '../attempts.js';
import { appendAudit } from '../audit.js';
import { type AnyRoute, answer, auditOrigin, endpoint, type Reply, type SignedInCall, sessionRoute } from '../call.js';
import { beginTotp, confirmDevice, tellOfChange } from '../enrolment.js';
import { prepareFirstCodes } from '../firstCodes.js';
import { rememberAnswer } from '../idempotency.js';
import { endOtherAccess, takeEffect } from '../proofs.js';
import { refuse } from '../refusals.js';
import { confirmTotpBody } from '../schema.js';
import { proofOf, SessionLostError } from '../session.js';
import { totpUri } from '../totp.js';
import { checkTotpCode, isOwnPending } from '../verification.js';
import { device as deviceResponse, totpRegistration } from './responses.js';

const answerDevice = async (call: SignedInCall): Promise<Reply> => {
  const verified = (await call.core.store.listTotpDevices(call.user.id)).find(({ state }) => state === 'verified');
  if (!verified) throw refuse('mfa_device_not_found');
  return answer(describeDevice(verified, isFullyAuthenticatedScope(call.session.scope)));
};

export const enrolmentRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.beginTotp),
    access: 'waiting',
    summary: 'Begin or resume enrolling an authenticator app',
    query: { replace: { type: 'boolean', description: 'true to change the one there is.' } },
    response: totpRegistration,
    isBegin: true,
    async handle(call) {
      const { core, user, now } = call;
      const device = await beginTotp(call, call.query.get('replace') === 'true');
      const secret = await core.vault.open('totp-secret', { userId: user.id, id: device.id }, device.secret);
      const account = user.email ?? user.alias ?? user.id;
      return answer({
        id: device.id,
        type: 'totp',
        secret,
        uri: totpUri(secret, core.options.appName, account),
        expiresAt: device.expiresAt,
        serverTime: now,
      });
    },
  }),
  sessionRoute({
    ...endpoint(wire.confirmTotp),
    access: 'waiting',
    summary: 'Confirm the pending authenticator app without moving the session on',
    body: confirmTotpBody,
    response: deviceResponse,
    takesCode: true,
    async handle(call) {
      const { core, session, user, now, body } = call;
      const policy = await core.policy();
      return withSlot(core, { userId: user.id, factor: 'totp', now }, async (slot) => {
        const devices = await core.store.listTotpDevices(user.id);
        const pending = devices.find((device) => isOwnPending(device, call)) ?? null;
        const code = await checkTotpCode(call, slot, pending, body.code);
        if (code.kind === 'earlier') return answerDevice(call);
        const codes = await prepareFirstCodes(call, policy);
        const outcome = await takeEffect(call, slot, async (tx) => {
          const { event } = await confirmDevice(tx, call, { ...code, codes });
          // The answer carries no token, so a session that waits goes on waiting; any other notes the proof.
          if (isFullyAuthenticatedScope(session.scope)) {
            const proof = proofOf(session, { acr: 'factor', amr: 'otp', now });
            if (!(await tx.recordProof(session.sid, proof))) throw new SessionLostError();
          }
          await endOtherAccess(tx, call, session.sid);
          await tx.clearAttempts(slot);
          await rememberAnswer(tx, call.repeatKey, { oldSid: session.sid, session, jti: '', now });
          await appendAudit(tx, auditOrigin(call), user.id, event, { factorId: code.device.id });
          return { kind: 'confirmed' as const };
        });
        if (outcome.kind === 'confirmed') tellOfChange(call, code.device);
        return answerDevice(call);
      });
    },
    repeat: (call) => answerDevice(call),
  }),
];

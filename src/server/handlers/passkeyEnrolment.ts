/** Enrolling a passkey: the options for the browser, and what its answer makes of the user and the session. */

import * as wire from '../../wire/passkeyRoutes.js';
import type { PasskeyRegistrationOptions } from '../../wire/passkeys.js';
import { answerSession, describePasskey } from '../answers.js';
import { type AnyRoute, answer, endpoint, type Reply, type SignedInCall, sessionRoute } from '../call.js';
import { randomToken, randomUuid, sha256 } from '../crypto.js';
import { keepFirstCodes, prepareFirstCodes } from '../firstCodes.js';
import { type Asking, readWanted } from '../grants.js';
import { demandMayAddFactor, expectMayAddFactor } from '../guard.js';
import { answerMinted } from '../minting.js';
import {
  amrOf,
  createChallenge,
  demandPasskeysEnabled,
  judge,
  pickRpId,
  rpIdQuery,
  takeChallenge,
} from '../passkeys.js';
import { passkeyRules } from '../policy.js';
import { grantProof, takeEffect, tell } from '../proofs.js';
import { refuse } from '../refusals.js';
import { repeatSession } from '../repeats.js';
import { type AttestationBody, olderRegisterPasskeyBody, registerPasskeyBody } from '../schema.js';
import type { IdempotencyRecord, PasskeyRecord } from '../store/records.js';
import { type VerifiedRegistration, verifyRegistration } from '../webauthn.js';
import { loadWebauthn } from '../webauthnLibrary.js';
import { registrationOptions } from '../webauthnOptions.js';
import { olderPasskeyRegistration, passkeyRegistrationOptions, registerPasskeyResponse } from './responses.js';

const MAX_PASSKEYS = 10;

/** A recovery code is enough to add a passkey: whoever lost their device gets back to a real factor this way (D3). */
const demandOfAdding = { isRecoveryEnough: true };

const begin = async (call: SignedInCall): Promise<PasskeyRegistrationOptions> => {
  const { core, session, user } = call;
  const rpId = pickRpId(call);
  const policy = await core.policy();
  demandPasskeysEnabled(policy);
  await expectMayAddFactor(call, demandOfAdding);
  const passkeys = await core.store.listPasskeys(user.id);
  if (passkeys.length >= MAX_PASSKEYS) throw refuse('max_passkeys_per_user');
  await loadWebauthn();
  const requiresUserVerification = passkeyRules(policy).userVerification === 'required';
  const { challenge, userHandle } = await core.store.transaction(async (tx) => {
    await tx.lockUser(user.id);
    const bound = { purpose: 'register' as const, userId: user.id, sid: session.sid };
    return {
      userHandle: await tx.claimPasskeyHandle(user.id, randomToken()),
      challenge: await createChallenge(tx, call, { ...bound, rpId, requiresUserVerification }),
    };
  });
  const name = user.email ?? user.alias ?? user.id;
  return registrationOptions({
    challenge,
    rpId,
    rpName: core.options.appName,
    userHandle,
    userName: name,
    displayName: user.alias ?? name,
    excludeCredentials: passkeys.filter((passkey) => passkey.rpId === rpId),
    requiresUserVerification,
  });
};

const newPasskey = (call: SignedInCall, rpId: string, verified: VerifiedRegistration): PasskeyRecord => ({
  id: randomUuid(),
  userId: call.user.id,
  credentialId: verified.credentialId,
  publicKey: verified.publicKey,
  signCount: verified.signCount,
  transports: verified.transports,
  isBackupEligible: verified.isBackupEligible,
  isBackedUp: verified.isBackedUp,
  rpId,
  aaguid: verified.aaguid,
  alias: null,
  userAgent: call.agent,
  origin: verified.origin,
  createdAt: call.now,
  updatedAt: call.now,
  lastUsedAt: call.now,
});

const register = async (call: SignedInCall, body: AttestationBody, asking: Asking): Promise<Reply> => {
  const { core, session, user } = call;
  const policy = await core.policy();
  demandPasskeysEnabled(policy);
  const wanted = await readWanted(call, asking, { policy, acr: 'phr' });
  const { ceremony, verified } = await judge(call, { userId: user.id, passkeyId: null }, async () => {
    const bound = { purpose: 'register' as const, userId: user.id, sid: session.sid };
    const ceremony = await takeChallenge(call, bound, body.response);
    return { ceremony, verified: await verifyRegistration(body, ceremony) };
  });
  const passkey = newPasskey(call, ceremony.rpId, verified);
  const codes = await prepareFirstCodes(call, policy);
  const outcome = await takeEffect(call, null, async (tx) => {
    // Whoever could begin may finish: the challenge lives no longer than a proof is fresh.
    await demandMayAddFactor(tx, call, { ...demandOfAdding, begunAt: ceremony.begunAt });
    if ((await tx.listPasskeys(user.id)).length >= MAX_PASSKEYS) throw refuse('max_passkeys_per_user');
    if (!(await tx.createPasskey(passkey))) throw refuse('passkey_already_registered');
    const hasNewCodes = await keepFirstCodes(tx, call, codes);
    return grantProof(tx, call, null, {
      acr: 'phr',
      amr: amrOf(passkey),
      policy,
      event: 'enroll_confirmed',
      factorId: passkey.id,
      wanted,
      // Not before the codes are saved, or an application would send the person away from them.
      isTokenDeferred: hasNewCodes,
      isFactorChange: true,
    });
  });
  if (outcome.kind === 'earlier') return repeatRegistration(call, outcome.earlier, body);
  tell(call, 'factor_added');
  const current = (await core.store.findUser(core.environmentId, user.id)) ?? user;
  const { session: proven, jti, minted } = outcome;
  const extra = { passkey: describePasskey(passkey, true), ...answerMinted(minted) };
  return answerSession(call, { session: proven, user: current, policy, jti, extra });
};

const repeatRegistration = (
  call: SignedInCall,
  earlier: IdempotencyRecord,
  { id }: Pick<AttestationBody, 'id'>,
): Promise<Reply> =>
  repeatSession(call, earlier, async (session) => {
    const passkey = await call.core.store.findPasskey(id);
    return passkey?.userId === session.userId ? { passkey: describePasskey(passkey, true) } : {};
  });

export const passkeyEnrolmentRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.beginPasskeyRegistration),
    access: 'waiting',
    summary: 'Options for making a passkey',
    query: rpIdQuery,
    response: passkeyRegistrationOptions,
    isBegin: true,
    handle: async (call) => answer(await begin(call)),
  }),
  sessionRoute({
    ...endpoint(wire.registerPasskey),
    access: 'waiting',
    summary: 'Enrol the passkey just made, which proves it as well',
    body: registerPasskeyBody,
    response: registerPasskeyResponse,
    handle: (call) => register(call, call.body, call.body),
    repeat: (call, earlier) => repeatRegistration(call, earlier, call.body),
  }),
  sessionRoute({
    method: 'GET',
    path: '/users/mfa/register/passkey',
    access: 'waiting',
    summary: 'Options for making a passkey, in the older form',
    query: rpIdQuery,
    response: olderPasskeyRegistration,
    isBegin: true,
    async handle(call) {
      const registration = await begin(call);
      // Sent back with the answer and not needed: the answer names its challenge.
      return answer({ id: await sha256(registration.challenge), type: 'passkey', registration });
    },
  }),
  sessionRoute({
    method: 'POST',
    path: '/users/mfa/register/passkey',
    access: 'waiting',
    summary: 'Enrol the passkey just made, in the older form',
    body: olderRegisterPasskeyBody,
    response: registerPasskeyResponse,
    handle: (call) => register(call, call.body.attestation, {}),
    repeat: (call, earlier) => repeatRegistration(call, earlier, call.body.attestation),
  }),
];

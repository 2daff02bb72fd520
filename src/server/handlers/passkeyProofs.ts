/** A passkey as the second factor of a session. */
import * as wire from '../../wire/passkeyRoutes.js';
import { answerSession } from '../answers.js';
import { type AnyRoute, answer, endpoint, sessionRoute } from '../call.js';
import { readWanted } from '../grants.js';
import { answerMinted } from '../minting.js';
import {
  amrOf,
  createChallenge,
  judge,
  pickRpId,
  refuseClone,
  rpIdQuery,
  takeChallenge,
  usePasskey,
} from '../passkeys.js';
import { passkeyRules } from '../policy.js';
import { grantProof, takeEffect } from '../proofs.js';
import { refuse } from '../refusals.js';
import { repeatSession } from '../repeats.js';
import { authenticatePasskeyBody } from '../schema.js';
import { PasskeyRefusedError, verifyAuthentication } from '../webauthn.js';
import { loadWebauthn } from '../webauthnLibrary.js';
import { authenticationOptions } from '../webauthnOptions.js';
import { passkeyAuthenticationOptions, verifyResponse } from './responses.js';

export const passkeyProofRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.beginPasskeyAuthentication),
    access: 'waiting',
    summary: "Options for using one of the user's passkeys",
    query: rpIdQuery,
    response: passkeyAuthenticationOptions,
    isBegin: true,
    async handle(call) {
      const { core, session, user } = call;
      const rpId = pickRpId(call);
      const policy = await core.policy();
      const passkeys = (await core.store.listPasskeys(user.id)).filter((passkey) => passkey.rpId === rpId);
      // Without a list the browser would offer whatever it has, also of somebody else.
      if (passkeys.length === 0) throw refuse('passkey_not_found');
      await loadWebauthn();
      const requiresUserVerification = passkeyRules(policy).userVerification === 'required';
      const challenge = await core.store.transaction(async (tx) => {
        await tx.lockUser(user.id);
        const bound = { purpose: 'authenticate' as const, userId: user.id, sid: session.sid };
        return createChallenge(tx, call, { ...bound, rpId, requiresUserVerification });
      });
      return answer(authenticationOptions({ challenge, rpId, passkeys, requiresUserVerification }));
    },
  }),
  sessionRoute({
    ...endpoint(wire.authenticatePasskey),
    access: 'waiting',
    summary: 'Prove a passkey',
    body: authenticatePasskeyBody,
    response: verifyResponse,
    async handle(call) {
      const { core, session, user, body } = call;
      const policy = await core.policy();
      const wanted = await readWanted(call, body, { policy, acr: 'phr' });
      const found = await core.store.findPasskey(body.id);
      const own = found?.userId === user.id ? found : null;
      const { passkey, verified } = await judge(call, { userId: user.id, passkeyId: own?.id ?? null }, async () => {
        const bound = { purpose: 'authenticate' as const, userId: user.id, sid: session.sid };
        const ceremony = await takeChallenge(call, bound, body.response);
        // Another user's passkey is as unknown as one that never was.
        if (!own) throw new PasskeyRefusedError('credential', 'passkey_not_found');
        return { passkey: own, verified: await verifyAuthentication(body, ceremony, own, user.passkeyHandle) };
      });
      const outcome = await takeEffect(call, null, async (tx) => {
        if (!(await usePasskey(tx, call, passkey, verified))) return { kind: 'clone' as const };
        return grantProof(tx, call, null, {
          acr: 'phr',
          amr: amrOf(passkey),
          policy,
          event: 'passkey_ok',
          factorId: passkey.id,
          wanted,
        });
      });
      if (outcome.kind === 'earlier') return repeatSession(call, outcome.earlier);
      if (outcome.kind === 'clone') throw refuseClone(call);
      const { session: proven, jti, minted } = outcome;
      return answerSession(call, { session: proven, user, policy, jti, extra: answerMinted(minted) });
    },
    repeat: repeatSession,
  }),
];

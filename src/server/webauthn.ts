/**
 * Decides whether a passkey's answer is good: our checks by name, in the order of WebAuthn L3 §7.1 and §7.2, and then
 * @simplewebauthn/server for the cryptography. Pure: challenges, counters and who owns what are the store's.
 */
import type { AuthenticatePasskeyRequest, RegisterPasskeyRequest } from '../wire/passkeys.js';
import { type Bytes, fromBase64url, toBase64url } from './crypto.js';
import type { PasskeyRecord } from './store/records.js';
import { decodeAttestation } from './webauthnAttestation.js';
import {
  attempt,
  type CeremonyExpectation,
  checkAuthenticator,
  checkClientData,
  checkUserHandle,
  demand,
  demandBase64url,
  PasskeyRefusedError,
  readCredential,
} from './webauthnChecks.js';
import { checkPublicKey, checkSignatureForm } from './webauthnKeys.js';
import { loadWebauthn } from './webauthnLibrary.js';
import { algorithms, knownTransports } from './webauthnOptions.js';

export { type CeremonyExpectation, PasskeyRefusedError, readChallenge } from './webauthnChecks.js';

export interface VerifiedRegistration {
  /** base64url */
  credentialId: string;
  /** COSE_Key, base64url. */
  publicKey: string;
  signCount: number;
  /** Space-separated. */
  transports: string;
  isBackupEligible: boolean;
  isBackedUp: boolean;
  isUserVerified: boolean;
  /** Lower-case UUID. */
  aaguid: string;
  origin: string;
}

export interface VerifiedAuthentication {
  /** As the authenticator counts: whether that is a clone's, the store decides (§7.2 step 22). */
  signCount: number;
  isBackedUp: boolean;
  isUserVerified: boolean;
  origin: string;
}

/**
 * WebAuthn L3 §7.1. That nobody has registered the credential before (step 26) is for the store to say. Throws
 * PasskeyRefusedError and, for what was sent, nothing else.
 */
export const verifyRegistration = async (
  body: RegisterPasskeyRequest,
  expected: CeremonyExpectation,
): Promise<VerifiedRegistration> => {
  const library = await loadWebauthn();
  const { id, clientDataJSON, response } = readCredential(body);
  const sent = demandBase64url(response.attestationObject);
  const { origin } = checkClientData(clientDataJSON, 'webauthn.create', expected);
  const attestation = await attempt('attestation_object', () => decodeAttestation(library, sent));
  const claims = await attempt('authenticator_data', () => library.parseAuthenticatorData(attestation.authData));
  const { credentialID, credentialPublicKey, flags } = claims;
  await checkAuthenticator(claims, expected);
  if (!credentialID || !credentialPublicKey) throw new PasskeyRefusedError('authenticator_data');
  await checkPublicKey(library, credentialPublicKey);
  demand(attestation.isKnown, 'attestation_format');
  // At least 16 bytes by its definition (§4), at most 1,023 by step 25.
  demand(credentialID.length >= 16 && credentialID.length <= 1023, 'credential_id_length');
  demand(toBase64url(credentialID) === id, 'credential_id');
  const { registrationInfo } = await attempt('attestation', () =>
    library.verifyRegistrationResponse({
      response: {
        ...credentialOf(id),
        response: { clientDataJSON, attestationObject: attestation.unattested ?? sent },
      },
      ...demandsOf(expected),
      supportedAlgorithmIDs: algorithms,
    }),
  );
  if (!registrationInfo) throw new PasskeyRefusedError('attestation');
  return {
    credentialId: id,
    publicKey: toBase64url(credentialPublicKey),
    signCount: claims.counter,
    transports: knownTransports(response.transports).join(' '),
    isBackupEligible: flags.be,
    isBackedUp: flags.bs,
    isUserVerified: flags.uv,
    aaguid: registrationInfo.aaguid,
    origin,
  };
};

/**
 * WebAuthn L3 §7.2, for the passkey that `body.id` names and the user handle of its owner. Throws PasskeyRefusedError
 * and, for what was sent, nothing else.
 */
export const verifyAuthentication = async (
  body: Omit<AuthenticatePasskeyRequest, 'requestedScopes' | 'payload'>,
  expected: CeremonyExpectation,
  passkey: PasskeyRecord,
  userHandle: string | null,
): Promise<VerifiedAuthentication> => {
  const library = await loadWebauthn();
  const { id, clientDataJSON, response } = readCredential(body);
  const authenticatorData = demandBase64url(response.authenticatorData);
  const signature = demandBase64url(response.signature);
  // Steps 5 and 6.
  demand(id === passkey.credentialId, 'credential', 'passkey_not_found');
  checkUserHandle(response.userHandle, userHandle, expected);
  const { origin } = checkClientData(clientDataJSON, 'webauthn.get', expected);
  const claims = await attempt('authenticator_data', () => library.parseAuthenticatorData(bytesOf(authenticatorData)));
  await checkAuthenticator(claims, expected);
  // Step 19: whether it may be copied is settled when it is made.
  demand(claims.flags.be === passkey.isBackupEligible, 'backup_eligibility');
  const publicKey = bytesOf(passkey.publicKey);
  await checkSignatureForm(library, publicKey, bytesOf(signature));
  const { verified } = await attempt('signature', () =>
    library.verifyAuthenticationResponse({
      response: {
        ...credentialOf(id),
        response: { clientDataJSON, authenticatorData, signature },
      },
      ...demandsOf(expected),
      // A counter of 0 keeps the library from judging the new one: only the store knows the newest value.
      credential: { id, publicKey, counter: 0 },
    }),
  );
  demand(verified, 'signature');
  return { signCount: claims.counter, isBackedUp: claims.flags.bs, isUserVerified: claims.flags.uv, origin };
};

/** What the library is told, from what has been checked alone: nothing else that was sent reaches it. */
const credentialOf = (id: string) => ({ id, rawId: id, type: 'public-key', clientExtensionResults: {} }) as const;

/** It checks these once more. */
const demandsOf = ({ challenge, origins, rpId, requiresUserVerification }: CeremonyExpectation) => ({
  expectedChallenge: challenge,
  expectedOrigin: [...origins],
  expectedRPID: rpId,
  requireUserVerification: requiresUserVerification,
});

/** The bytes of a text that was found to be base64url. */
const bytesOf = (text: string): Bytes => {
  const bytes = fromBase64url(text);
  if (!bytes) throw new TypeError('not base64url');
  return bytes;
};

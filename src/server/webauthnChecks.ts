/** What @simplewebauthn/server leaves to its caller: every check by name, for WebAuthn L3 §7.1 and §7.2 alike. */
import { fromBase64url, fromUtf8, sha256, toBase64url } from './crypto.js';

/** What a passkey's answer was held against when it was refused: told to the audit log, never to whoever sent it. */
export type PasskeyCheck =
  | 'form'
  | 'credential_type'
  | 'raw_id'
  | 'credential'
  | 'user_handle'
  | 'client_data'
  | 'ceremony'
  | 'challenge'
  | 'origin'
  | 'cross_origin'
  | 'top_origin'
  | 'attestation_object'
  | 'attestation_format'
  | 'authenticator_data'
  | 'rp_id'
  | 'user_presence'
  | 'user_verification'
  | 'backup_state'
  | 'backup_eligibility'
  | 'algorithm'
  | 'public_key'
  | 'credential_id'
  | 'credential_id_length'
  | 'attestation'
  | 'signature_form'
  | 'signature';

/** Refusals that may leave the server: everything wrong with an answer looks the same from outside, but these two. */
export type PasskeyRefusal = 'passkey_invalid' | 'passkey_user_verification_required' | 'passkey_not_found';

/** A passkey's answer is not accepted. */
export class PasskeyRefusedError extends Error {
  override name = 'PasskeyRefusedError';

  constructor(
    readonly check: PasskeyCheck,
    readonly code: PasskeyRefusal = 'passkey_invalid',
    options?: ErrorOptions,
  ) {
    super(`refused by the check ${check}`, options);
  }
}

export const demand = (holds: boolean, check: PasskeyCheck, code?: PasskeyRefusal): void => {
  if (!holds) throw new PasskeyRefusedError(check, code);
};

/** Whatever fails in here, however it fails, is the fault of what was sent. */
export const attempt = async <T>(check: PasskeyCheck, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    throw new PasskeyRefusedError(check, 'passkey_invalid', { cause });
  }
};

/** What a ceremony was begun with. */
export interface CeremonyExpectation {
  /** base64url */
  challenge: string;
  /** Exact: scheme, host and port. */
  origins: readonly string[];
  rpId: string;
  requiresUserVerification: boolean;
  /** For a sign-in, which begins with nobody in particular: the answer must say whose it is. */
  requiresUserHandle?: boolean;
}

/** The fields of whatever was sent: the schema of the route is not relied upon. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** A base64url text in its one canonical form: the same bytes cannot be named twice. */
export const demandBase64url = (value: unknown): string => {
  if (typeof value !== 'string' || value === '' || fromBase64url(value) === null) throw new PasskeyRefusedError('form');
  return value;
};

export interface Credential {
  id: string;
  clientDataJSON: string;
  response: Record<string, unknown>;
}

/** What answers of both kinds have in common. */
export const readCredential = (body: unknown): Credential => {
  const { id, rawId, type, response: sent } = fieldsOf(body);
  const response = fieldsOf(sent);
  const credential = {
    id: demandBase64url(id),
    // Published clients spell it the second way.
    clientDataJSON: demandBase64url(response.clientDataJSON ?? response.clientDataJson),
    response,
  };
  demand(type === 'public-key', 'credential_type');
  demand(rawId === id, 'raw_id');
  return credential;
};

/** §7.2 step 6. Some clients spell the absence of a handle as an empty one. */
export const checkUserHandle = (
  sent: unknown,
  ownerHandle: string | null,
  { requiresUserHandle = false }: CeremonyExpectation,
): void => {
  const isAbsent = sent === undefined || sent === null || sent === '';
  demand(isAbsent ? !requiresUserHandle : sent === ownerHandle, 'user_handle');
};

const readClientData = (clientDataJSON: string): Record<string, unknown> | null => {
  const bytes = fromBase64url(clientDataJSON);
  try {
    return bytes && fieldsOf(JSON.parse(fromUtf8(bytes)));
  } catch {
    return null;
  }
};

/** The challenge that an answer claims to be for, base64url; null when it cannot be read. */
export const readChallenge = (clientDataJSON: string | undefined): string | null => {
  const challenge = typeof clientDataJSON === 'string' ? readClientData(clientDataJSON)?.challenge : null;
  return typeof challenge === 'string' ? challenge : null;
};

/** §7.1 steps 5 to 11, §7.2 steps 8 to 14. */
export const checkClientData = (
  clientDataJSON: string,
  type: 'webauthn.create' | 'webauthn.get',
  { challenge, origins }: CeremonyExpectation,
): { origin: string } => {
  const client = readClientData(clientDataJSON);
  if (!client) throw new PasskeyRefusedError('client_data');
  const { origin, crossOrigin, topOrigin } = client;
  demand(client.type === type, 'ceremony');
  demand(client.challenge === challenge, 'challenge');
  if (typeof origin !== 'string' || !origins.includes(origin)) throw new PasskeyRefusedError('origin');
  // Nobody is expected to frame the page: no other site may stand around it, named or not.
  demand(crossOrigin === undefined || crossOrigin === false, 'cross_origin');
  demand(topOrigin === undefined, 'top_origin');
  return { origin };
};

/** What the authenticator says about itself, as the library reads it (§6.1). */
interface AuthenticatorClaims {
  rpIdHash: Uint8Array;
  flags: { up: boolean; uv: boolean; be: boolean; bs: boolean };
}

/** §7.1 steps 14 to 17, §7.2 steps 15 to 18. */
export const checkAuthenticator = async (
  { rpIdHash, flags }: AuthenticatorClaims,
  { rpId, requiresUserVerification }: CeremonyExpectation,
): Promise<void> => {
  demand(toBase64url(rpIdHash) === (await sha256(rpId)), 'rp_id');
  demand(flags.up, 'user_presence');
  demand(flags.uv || !requiresUserVerification, 'user_verification', 'passkey_user_verification_required');
  demand(flags.be || !flags.bs, 'backup_state');
};

/** What a browser is asked for when a passkey is made or used (WebAuthn L3 §5.4, §5.5). */
import type {
  PasskeyAuthenticationOptions,
  PasskeyDescriptor,
  PasskeyRegistrationOptions,
  PasskeyTransport,
} from '../wire/passkeys.js';
import type { PasskeyRecord } from './store/records.js';

/** How long a challenge is good for, milliseconds. */
export const CHALLENGE_MS = 300_000;

/** Ed25519, ES256 and RS256, as COSE numbers them, the one liked best first. */
export const algorithms = [-8, -7, -257];

const transports: readonly string[] = [
  'usb',
  'nfc',
  'ble',
  'internal',
  'hybrid',
  'cable',
  'smart-card',
] satisfies PasskeyTransport[];

const isTransport = (value: unknown): value is PasskeyTransport =>
  typeof value === 'string' && transports.includes(value);

/** Those that are known, each once. */
export const knownTransports = (values: unknown): PasskeyTransport[] =>
  Array.isArray(values) ? [...new Set(values.filter(isTransport))] : [];

const describe = (passkey: PasskeyRecord): PasskeyDescriptor => {
  const known = knownTransports(passkey.transports.split(' '));
  // An empty list would say that nothing reaches it.
  return { id: passkey.credentialId, type: 'public-key', ...(known.length > 0 && { transports: known }) };
};

export const registrationOptions = (input: {
  challenge: string;
  rpId: string;
  rpName: string;
  userHandle: string;
  userName: string;
  displayName: string;
  excludeCredentials: PasskeyRecord[];
  requiresUserVerification: boolean;
}): PasskeyRegistrationOptions => ({
  challenge: input.challenge,
  rp: { id: input.rpId, name: input.rpName },
  user: { id: input.userHandle, name: input.userName, displayName: input.displayName },
  pubKeyCredParams: algorithms.map((alg) => ({ alg, type: 'public-key' })),
  timeout: CHALLENGE_MS,
  attestation: 'none',
  excludeCredentials: input.excludeCredentials.map(describe),
  authenticatorSelection: {
    residentKey: 'preferred',
    requireResidentKey: false,
    userVerification: input.requiresUserVerification ? 'required' : 'preferred',
  },
});

export const authenticationOptions = (input: {
  challenge: string;
  rpId: string;
  /** Empty for a sign-in: the person picks one in the browser. */
  passkeys: PasskeyRecord[];
  requiresUserVerification: boolean;
}): PasskeyAuthenticationOptions => ({
  challenge: input.challenge,
  rpId: input.rpId,
  timeout: CHALLENGE_MS,
  userVerification: input.requiresUserVerification ? 'required' : 'preferred',
  ...(input.passkeys.length > 0 && { allowCredentials: input.passkeys.map(describe) }),
});

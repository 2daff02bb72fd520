/**
 * A passkey authenticator with a browser in front of it, written from WebAuthn L3 for the tests and sharing nothing with
 * the server's verification.
 *
 * On the wire, against a server:
 *
 *     const authenticator = new SoftAuthenticator({ origin: 'https://app.example.com' });
 *     await ada.send('POST', '/users/passkeys/register', authenticator.register(options));
 *     await ada.send('POST', '/users/mfa/auth/passkey', authenticator.authenticate(options, { uv: false }));
 *
 * In a page, under the real @simplewebauthn/browser (jsdom or plain Node):
 *
 *     const uninstall = installAuthenticator(authenticator, globalThis);
 *     authenticator.person = 'cancels'; // the next ceremony ends with NotAllowedError; 'waits' until it is aborted
 *     uninstall();
 */
import { randomBytes } from 'node:crypto';
import type {
  AuthenticatePasskeyRequest,
  PasskeyAuthenticationOptions,
  PasskeyRegistrationOptions,
  RegisterPasskeyRequest,
} from '../../src/wire/passkeys.js';
import { type Cbor, encodeCbor } from './cbor.js';
import { type Flags, type SoftAlgorithm, SoftCredential } from './softCredential.js';

/** What can be made otherwise than an honest browser and authenticator would, for one ceremony or for all. */
export interface Knobs extends Partial<Flags> {
  origin?: string;
  /** Of the client data: `webauthn.create` or `webauthn.get`. */
  ceremony?: string;
  challenge?: string;
  crossOrigin?: unknown;
  topOrigin?: unknown;
  /** Whose hash the authenticator data begins with. */
  rpId?: string;
  counter?: number;
  /** UUID; null leaves out what is told of a new credential. */
  aaguid?: string | null;
  /** Of a new credential, bytes. */
  idLength?: number;
  /** The id outside the authenticator data, base64url. */
  id?: string;
  type?: string;
  algorithm?: SoftAlgorithm;
  coseKey?: Map<number, Cbor>;
  attestation?: 'none' | 'self' | { fmt: string; attStmt: Map<string, Cbor> };
  /** Makes another signature of the right one. */
  signature?: (right: Buffer) => Buffer;
  /** base64url; null for an authenticator that keeps none. */
  userHandle?: string | null;
  attachment?: string;
  transports?: string[];
  /** How published clients spell it. */
  spelling?: 'clientDataJSON' | 'clientDataJson';
}

const base64url = (bytes: Buffer): string => bytes.toString('base64url');

/** Names in the order browsers write them (§5.8.1.1); what is not there is left out. */
const clientData = (
  type: string,
  challenge: string,
  origin: string,
  { crossOrigin = false, topOrigin }: Knobs,
): Buffer => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin, topOrigin }));

export class SoftAuthenticator {
  readonly credentials: SoftCredential[] = [];
  /** What whoever sits in front of the browser does when it asks. Only a page notices. */
  person: 'agrees' | 'cancels' | 'waits' = 'agrees';

  /** `always` goes for every ceremony, under what a ceremony brings itself. */
  constructor(readonly always: Knobs & { origin: string }) {}

  /** What the browser sends after making a passkey. Throws InvalidStateError when it has one of those excluded. */
  register(options: PasskeyRegistrationOptions, once: Knobs = {}): RegisterPasskeyRequest {
    const knobs = { ...this.always, ...once };
    const excluded = options.excludeCredentials.map(({ id }) => id);
    if (this.#held(options.rp.id).some(({ id }) => excluded.includes(base64url(id)))) {
      throw new DOMException('This authenticator has one already.', 'InvalidStateError');
    }
    const wanted = options.pubKeyCredParams.map(({ alg }) => alg);
    const algorithm = knobs.algorithm ?? ([-7, -8, -257] as const).find((alg) => wanted.includes(alg));
    if (!algorithm) throw new DOMException('None of these algorithms is known.', 'NotSupportedError');
    const credential = new SoftCredential(algorithm, options.rp.id, options.user.id, knobs.idLength ?? 32);
    this.credentials.push(credential);

    const { challenge = options.challenge, ceremony = 'webauthn.create' } = knobs;
    const client = clientData(ceremony, challenge, knobs.origin, knobs);
    const { aaguid = '00000000-0000-0000-0000-000000000000' } = knobs;
    const authData = credential.describe({ ...this.#claims(credential, knobs), ...(aaguid !== null && { aaguid }) });
    const right = credential.sign(authData, client);
    const sig = knobs.signature?.(right) ?? right;
    const { fmt, attStmt } = statement(knobs, algorithm, sig);
    const attestation = new Map<string, Cbor>(Object.entries({ fmt, attStmt, authData }));
    return {
      ...this.#outside(credential, knobs),
      response: {
        attestationObject: base64url(encodeCbor(attestation)),
        [knobs.spelling ?? 'clientDataJSON']: base64url(client),
        transports: knobs.transports ?? ['internal', 'hybrid'],
        publicKey: base64url(credential.publicKey.export({ format: 'der', type: 'spki' })),
      },
    };
  }

  /** What the browser sends after using the newest passkey that is allowed. Throws NotAllowedError without one. */
  authenticate(options: PasskeyAuthenticationOptions, once: Knobs = {}): AuthenticatePasskeyRequest {
    const knobs = { ...this.always, ...once };
    const allowed = options.allowCredentials?.map(({ id }) => id) ?? [];
    const credential = this.#held(options.rpId ?? new URL(knobs.origin).hostname).findLast(
      ({ id }) => allowed.length === 0 || allowed.includes(base64url(id)),
    );
    if (!credential) throw new DOMException('There is no such passkey here.', 'NotAllowedError');
    credential.counter += 1;

    const { challenge = options.challenge, ceremony = 'webauthn.get' } = knobs;
    const client = clientData(ceremony, challenge, knobs.origin, knobs);
    const authData = credential.describe(this.#claims(credential, knobs));
    const right = credential.sign(authData, client);
    const { userHandle = credential.userHandle } = knobs;
    return {
      ...this.#outside(credential, knobs),
      response: {
        authenticatorData: base64url(authData),
        [knobs.spelling ?? 'clientDataJSON']: base64url(client),
        signature: base64url(knobs.signature?.(right) ?? right),
        ...(userHandle !== null && { userHandle }),
      },
    };
  }

  #held(rpId: string): SoftCredential[] {
    return this.credentials.filter((credential) => credential.rpId === rpId);
  }

  #claims(credential: SoftCredential, knobs: Knobs) {
    const { up = true, uv = true, be = true, bs = be, counter = credential.counter, rpId = credential.rpId } = knobs;
    return { up, uv, be, bs, counter, rpId, ...(knobs.coseKey && { coseKey: knobs.coseKey }) };
  }

  #outside(credential: SoftCredential, { id = base64url(credential.id), type = 'public-key', attachment }: Knobs) {
    return { id, rawId: id, type, clientExtensionResults: {}, authenticatorAttachment: attachment ?? 'platform' };
  }
}

const statement = ({ attestation = 'none' }: Knobs, algorithm: number, sig: Buffer) => {
  if (attestation === 'none') return { fmt: 'none', attStmt: new Map<string, Cbor>() };
  if (attestation !== 'self') return attestation;
  return { fmt: 'packed', attStmt: new Map<string, Cbor>(Object.entries({ alg: algorithm, sig })) };
};

/** Another account's user handle, or anything else that must not be guessed. */
export const randomHandle = (): string => base64url(randomBytes(32));

/** Puts a software authenticator where a page looks for the browser's: `navigator.credentials`, `PublicKeyCredential`. */
import type {
  PasskeyAuthenticationOptions,
  PasskeyDescriptor,
  PasskeyRegistrationOptions,
} from '../../src/wire/passkeys.js';
import type { SoftAuthenticator } from './softAuthenticator.js';

const toText = (bytes: BufferSource): string =>
  (ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes)
  ).toString('base64url');

const toBuffer = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'base64url')).buffer;

const toDescriptors = (list: PublicKeyCredentialDescriptor[] = []): PasskeyDescriptor[] =>
  list.map(({ id }) => ({ id: toText(id) }));

/** Until the person agrees: never, when they cancel; not before the page gives up, when they wait. */
const ask = async (authenticator: SoftAuthenticator, signal: AbortSignal | undefined): Promise<void> => {
  signal?.throwIfAborted();
  if (authenticator.person === 'cancels') throw new DOMException('The person cancelled.', 'NotAllowedError');
  if (authenticator.person === 'waits') {
    await new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }
};

const create = async (authenticator: SoftAuthenticator, { publicKey, signal }: CredentialCreationOptions) => {
  if (!publicKey) throw new DOMException('Only passkeys are known.', 'NotSupportedError');
  await ask(authenticator, signal);
  const { rp, user, challenge, excludeCredentials, pubKeyCredParams } = publicKey;
  const options: PasskeyRegistrationOptions = {
    rp: { id: rp.id ?? new URL(authenticator.always.origin).hostname, name: rp.name },
    user: { id: toText(user.id), name: user.name, displayName: user.displayName },
    challenge: toText(challenge),
    excludeCredentials: toDescriptors(excludeCredentials),
    pubKeyCredParams,
    attestation: 'none',
    authenticatorSelection: {},
    timeout: 0,
  };
  const { response, ...rest } = authenticator.register(options);
  return credential(rest, {
    attestationObject: toBuffer(response.attestationObject),
    clientDataJSON: toBuffer(response.clientDataJSON ?? ''),
    getTransports: () => response.transports ?? [],
    getPublicKey: () => toBuffer(response.publicKey ?? ''),
  });
};

const get = async (authenticator: SoftAuthenticator, { publicKey, signal }: CredentialRequestOptions) => {
  if (!publicKey) throw new DOMException('Only passkeys are known.', 'NotSupportedError');
  await ask(authenticator, signal);
  const options: PasskeyAuthenticationOptions = {
    challenge: toText(publicKey.challenge),
    allowCredentials: toDescriptors(publicKey.allowCredentials),
    ...(publicKey.rpId !== undefined && { rpId: publicKey.rpId }),
  };
  const { response, ...rest } = authenticator.authenticate(options);
  return credential(rest, {
    authenticatorData: toBuffer(response.authenticatorData),
    clientDataJSON: toBuffer(response.clientDataJSON ?? ''),
    signature: toBuffer(response.signature),
    userHandle: response.userHandle ? toBuffer(response.userHandle) : null,
  });
};

const credential = (outside: { id: string; rawId: string }, response: object) => ({
  ...outside,
  rawId: toBuffer(outside.rawId),
  response,
  getClientExtensionResults: () => ({}),
});

/** Answers how to take it away again. */
export const installAuthenticator = (authenticator: SoftAuthenticator, page: typeof globalThis): (() => void) => {
  const navigator = page.navigator ?? {};
  class PublicKeyCredential {
    static readonly isUserVerifyingPlatformAuthenticatorAvailable = () => Promise.resolve(true);
    static readonly isConditionalMediationAvailable = () => Promise.resolve(false);
  }
  const credentials = {
    create: (options: CredentialCreationOptions) => create(authenticator, options),
    get: (options: CredentialRequestOptions) => get(authenticator, options),
  };
  const undo = [
    replace(page, 'navigator', navigator),
    replace(navigator, 'credentials', credentials),
    replace(page, 'PublicKeyCredential', PublicKeyCredential),
  ];
  return () => {
    for (const one of undo.reverse()) one();
  };
};

const replace = (owner: object, name: string, value: unknown): (() => void) => {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  };
};

// What this page and this browser can do with passkeys, before anything is asked of anybody.

/**
 * Whether a passkey can be asked for here. `insecure_context`: the page did not come over HTTPS. `cross_origin_frame`:
 * the page is shown inside another site's, which could make a person prove something to it unawares.
 */
export type PasskeySupport = 'supported' | 'unsupported' | 'insecure_context' | 'cross_origin_frame';

/** Fields of the browser's own answer (WebAuthn L3 §5.1.7) that are read here. */
interface ClientCapabilities {
  hybridTransport?: boolean;
  userVerifyingPlatformAuthenticator?: boolean;
}

interface CapableCredential {
  getClientCapabilities?(): Promise<ClientCapabilities>;
  isUserVerifyingPlatformAuthenticatorAvailable?(): Promise<boolean>;
}

/** What there is to make or use a passkey with; undefined where the browser does not say. */
export interface PasskeyCapabilities {
  support: PasskeySupport;
  /** This device itself, by fingerprint, face or screen lock. */
  hasPlatformAuthenticator: boolean | undefined;
  /** A phone nearby, by QR code. */
  hasHybrid: boolean | undefined;
}

/** Every frame above counts: a page of ours inside a foreign one inside one of ours is still in foreign hands. */
const isFramedByOthers = (): boolean => {
  try {
    for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
      if (frame.parent.location.origin !== location.origin) return true;
    }
    return false;
  } catch {
    // The origin of a foreign frame cannot be read.
    return true;
  }
};

/**
 * Whether passkeys can be used on this page. Asks nobody and costs nothing; `unsupported` where there is no browser.
 *
 * @example
 * if (getPasskeySupport() === 'supported') showPasskeyButton();
 */
export const getPasskeySupport = (): PasskeySupport => {
  // Browsers hide passkeys from insecure pages, which is another thing than not having any.
  if (globalThis.isSecureContext === false) return 'insecure_context';
  if (typeof PublicKeyCredential !== 'function' || typeof navigator?.credentials?.create !== 'function') {
    return 'unsupported';
  }
  return typeof window !== 'undefined' && isFramedByOthers() ? 'cross_origin_frame' : 'supported';
};

const ask = async <T>(question?: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await question?.();
  } catch {
    return undefined;
  }
};

/**
 * What there is to make or use a passkey with, for the wording and the order of buttons. Never rejects; it asks the
 * browser, which may take its time, so do not hide a button until it answers.
 */
export const getPasskeyCapabilities = async (): Promise<PasskeyCapabilities> => {
  const support = getPasskeySupport();
  if (support !== 'supported') return { support, hasPlatformAuthenticator: undefined, hasHybrid: undefined };
  const credential: CapableCredential = PublicKeyCredential;
  const told = await ask(() => credential.getClientCapabilities?.() ?? Promise.resolve({} as ClientCapabilities));
  return {
    support,
    hasPlatformAuthenticator:
      told?.userVerifyingPlatformAuthenticator ??
      (await ask(() => credential.isUserVerifyingPlatformAuthenticatorAvailable?.() ?? Promise.resolve(undefined))),
    hasHybrid: told?.hybridTransport,
  };
};

/**
 * An authenticator that Chromium pretends to have (Web Authentication L3 §11, over the DevTools protocol): it answers by
 * itself, and with whatever fault a test wants of it.
 */
import type { CDPSession, Page } from 'playwright';

interface Options {
  protocol: 'ctap2' | 'u2f';
  transport: 'internal' | 'hybrid' | 'usb';
  hasResidentKey: boolean;
  hasUserVerification: boolean;
  defaultBackupEligibility?: boolean;
  defaultBackupState?: boolean;
}
type Credential = Awaited<ReturnType<VirtualAuthenticator['credentials']>>[number];

/** Authenticators as people have them. */
export const kinds = {
  /** This device: fingerprint, face or screen lock. Its passkeys stay in it. */
  internal: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
  /** A phone beside this device, whose passkeys are copied to its owner's other devices. */
  hybrid: {
    protocol: 'ctap2',
    transport: 'hybrid',
    hasResidentKey: true,
    hasUserVerification: true,
    defaultBackupEligibility: true,
    defaultBackupState: true,
  },
  /** A security key that only wants a touch. */
  usbWithoutPin: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: false },
  /** A security key from before there were passkeys. */
  u2f: { protocol: 'u2f', transport: 'usb', hasResidentKey: false, hasUserVerification: false },
} as const satisfies Record<string, Options>;

const addAuthenticator = async (session: CDPSession, options: Options): Promise<string> => {
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { ctap2Version: 'ctap2_1', isUserVerified: options.hasUserVerification, ...options },
  });
  return authenticatorId;
};

export class VirtualAuthenticator {
  private constructor(
    readonly session: CDPSession,
    readonly authenticatorId: string,
  ) {}

  /** For this page alone, until it is closed. */
  static async plugIn(page: Page, kind: keyof typeof kinds): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    return new VirtualAuthenticator(session, await addAuthenticator(session, kinds[kind]));
  }

  /** Another one beside it. */
  async plugInAnother(kind: keyof typeof kinds): Promise<VirtualAuthenticator> {
    return new VirtualAuthenticator(this.session, await addAuthenticator(this.session, kinds[kind]));
  }

  async unplug(): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  }

  async credentials() {
    return (await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId })).credentials;
  }

  /** Its only passkey. */
  async credential(): Promise<Credential> {
    const [only, ...others] = await this.credentials();
    if (!only || others.length > 0) throw new Error(`There is not one passkey but ${others.length + (only ? 1 : 0)}.`);
    return only;
  }

  /** Its only passkey, changed: what it counts, says of itself, or is signed with. */
  async change(changes: Partial<Credential>): Promise<void> {
    const credential = await this.credential();
    await this.forget(credential);
    await this.add({ ...credential, ...changes });
  }

  async add(credential: Credential): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.addCredential', { authenticatorId, credential });
  }

  async forget({ credentialId }: Pick<Credential, 'credentialId'>): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
  }

  /** What is wrong with each answer from here on; nothing when nothing is named. */
  async answerWrongly(bits: { isBogusSignature?: boolean; isBadUV?: boolean; isBadUP?: boolean } = {}): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.setResponseOverrideBits', { authenticatorId, ...bits });
  }

  /** Whether the person touches it when it waits for that. */
  async setTouched(enabled: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  }

  /** Whether the finger, face or PIN is the right one. */
  async setVerified(isUserVerified: boolean): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  }
}

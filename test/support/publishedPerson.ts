/** Somebody who uses an application written for the published generated client: each step as such an application takes it. */
import { createMfaClient, type MfaClient } from 'mfa-kit/client';
import { onTestFinished } from 'vitest';
import type {
  PasskeyAuthenticationOptions,
  PasskeyRegistrationOptions,
  RegisterPasskeyRequest,
} from '../../src/wire/passkeys.js';
import { type PublishedSite, startPublished } from './publishedClient.js';
import { environmentId, origin } from './server.js';
import { SoftAuthenticator } from './softAuthenticator.js';
import { totpCode } from './totp.js';

/** What the steps read of a parsed answer. */
interface Verified {
  user: { scope: string; mfaBackupCodeAcknowledgement?: string | null };
  jwt: string;
  minifiedJwt: string;
  expiresAt: number;
  mfaToken?: string;
  elevatedAccessToken?: string | null;
}

export class PublishedPerson {
  secret = '';
  deviceId = '';
  codes: string[] = [];
  readonly authenticator = new SoftAuthenticator({ origin, spelling: 'clientDataJson' });

  constructor(
    readonly site: PublishedSite,
    readonly email = 'ada@example.com',
  ) {}

  /** Goes on with the session of an answer, as the published clients do: the minified token is the one to send. */
  async keep(answer: Promise<unknown>): Promise<Verified> {
    const verified = (await answer) as Verified;
    this.site.token = verified.minifiedJwt;
    return verified;
  }

  /** What `…/signin` and `…/verify` take, after a code was sent. */
  async receiveCode(): Promise<{ verificationUUID: string; verificationToken: string }> {
    const { site, email } = this;
    const emailVerificationCreateRequest = { email };
    const sent = await site.call('createEmailVerification', { emailVerificationCreateRequest });
    const { verificationUUID } = sent as { verificationUUID: string };
    const mail = site.server.mails.findLast(({ to }) => to === email);
    return { verificationUUID, verificationToken: mail?.code ?? '' };
  }

  async signIn(): Promise<Verified> {
    this.site.token = '';
    const emailVerificationVerifyRequest = {
      ...(await this.receiveCode()),
      allowNewMFALinking: true,
      sessionPublicKey: '02'.padEnd(66, 'a'),
    };
    return this.keep(this.site.call('signInWithEmailVerification', { emailVerificationVerifyRequest }));
  }

  /** What the app shows now, or some steps later. */
  code(steps = 0): string {
    return totpCode(this.secret, this.site.server.clock(), steps);
  }

  async beginTotp(): Promise<void> {
    const begun = (await this.site.call('registerTotpMfaDevice')) as { id: string; secret: string };
    this.deviceId = begun.id;
    this.secret = begun.secret;
  }

  async acknowledge(): Promise<Verified> {
    const userFields = { mfaBackupCodeAcknowledgement: 'complete' };
    return this.keep(this.site.call('updateSelf', { userFields }));
  }

  async saveCodes(): Promise<void> {
    this.codes = ((await this.site.call('getRecoveryCodes')) as { recoveryCodes: string[] }).recoveryCodes;
    await this.acknowledge();
  }

  /** Signs in, enrols an authenticator app and saves the codes. */
  async enrol(): Promise<void> {
    await this.signIn();
    await this.beginTotp();
    await this.authenticate({ id: this.deviceId }, 0);
    await this.saveCodes();
  }

  /** Proves the app with a code of the next step, so that none is used twice. */
  async authenticate(extra: object = {}, later = 30_000): Promise<Verified> {
    this.site.server.clock.advance(later);
    const mFAAuthTotpDevicePostRequest = { code: this.code(), ...extra };
    return this.keep(this.site.call('authMfaTotpDevice', { mFAAuthTotpDevicePostRequest }));
  }

  /** What the browser makes, without the fields that the published clients strip. */
  async makePasskey(authenticator = this.authenticator): Promise<RegisterPasskeyRequest> {
    const options = await this.site.call('getPasskeyRegistrationOptions');
    return authenticator.register(options as PasskeyRegistrationOptions);
  }

  async registerPasskey(extra: object = {}, authenticator = this.authenticator): Promise<Verified> {
    const passkeyRegisterRequest = { ...(await this.makePasskey(authenticator)), ...extra };
    return this.keep(this.site.call('registerPasskey', { passkeyRegisterRequest }));
  }

  /** Signs in, enrols a passkey and saves the codes. */
  async enrolPasskey(): Promise<void> {
    await this.signIn();
    await this.registerPasskey();
    await this.saveCodes();
  }

  /** The assertion for what was asked by an operation that gives authentication options. */
  async assert(operation: string, extra: object = {}): Promise<object> {
    const options = (await this.site.call(operation)) as PasskeyAuthenticationOptions;
    return { ...this.authenticator.authenticate(options, { spelling: 'clientDataJSON' }), ...extra };
  }

  async listPasskeyIds(): Promise<string[]> {
    const { passkeys } = (await this.site.call('getUserPasskeys')) as { passkeys: { id: string }[] };
    return passkeys.map(({ id }) => id);
  }
}

/** Ada, on a server of her own that demands a factor of everybody unless its options say otherwise. */
export const startAda = async (options?: Parameters<typeof startPublished>[0]): Promise<PublishedPerson> =>
  new PublishedPerson(await startPublished(options));

/** Our client in the session that the other one has. */
export const oursFor = ({ site }: PublishedPerson): MfaClient => {
  const storage = { getItem: () => site.token, setItem: () => {}, removeItem: () => {} };
  const client = createMfaClient({ environmentId, apiBaseUrl: site.baseUrl, storage });
  onTestFinished(() => client.close());
  return client;
};

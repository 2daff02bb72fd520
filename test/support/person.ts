/** Somebody in front of a server: signs in, holds an authenticator app and passkeys, saves codes. */

import type { MfaProof, RequireMfaOptions } from 'mfa-kit/server';
import type { MFADevice, MfaMethodsResponse, RecoveryCodesResponse, TotpRegistration } from '../../src/wire/devices.js';
import type { ErrorResponse } from '../../src/wire/errorCodes.js';
import type { PasskeyAuthenticationOptions, PasskeyRegistrationOptions, UserPasskey } from '../../src/wire/passkeys.js';
import type { OtpVerification, SdkUser, VerifyResponse } from '../../src/wire/session.js';
import type { StepUpCheckResponse, WaitingActionsResponse } from '../../src/wire/stepUp.js';
import { origin, type RequestOptions, type TestServer } from './server.js';
import { type Knobs, SoftAuthenticator } from './softAuthenticator.js';
import { totpCode } from './totp.js';

/** Whatever an answer may carry; the test asserts what it does. */
export type AnswerBody = Partial<
  VerifyResponse &
    ErrorResponse &
    TotpRegistration &
    RecoveryCodesResponse &
    MfaMethodsResponse &
    OtpVerification &
    StepUpCheckResponse &
    WaitingActionsResponse &
    MFADevice &
    Omit<PasskeyRegistrationOptions, 'user'> &
    PasskeyAuthenticationOptions &
    Omit<UserPasskey, 'createdAt' | 'alias' | 'lastUsedAt'> &
    Omit<SdkUser, 'id'> & {
      nextView: string;
      passkey: UserPasskey;
      registration: PasskeyRegistrationOptions;
      mfa: MfaProof;
    }
>;

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

export const read = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as AnswerBody),
  };
};

/** How a protected route is called. */
export interface Acting extends Omit<RequireMfaOptions, 'action'> {
  headers?: Record<string, string>;
}

/** A person with one browser in bearer mode: the newest token is sent with every request. */
export class Person {
  token = '';
  /** The secret in their authenticator app. */
  secret = '';
  deviceId = '';
  codes: string[] = [];
  /** What keeps their passkeys, with a browser on the application's page in front of it. */
  readonly authenticator = new SoftAuthenticator({ origin });
  passkeyId = '';

  constructor(
    readonly server: TestServer,
    readonly email = `${crypto.randomUUID()}@example.com`,
  ) {}

  async send(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const answer = await read(
      await this.server.request(method, path, { ...(this.token && { token: this.token }), ...options, body }),
    );
    if (answer.body.minifiedJwt) this.token = answer.body.minifiedJwt;
    return answer;
  }

  async signIn(options: RequestOptions = {}): Promise<Answer> {
    this.token = '';
    const sent = await this.send('POST', '/emailVerifications/create', { email: this.email }, options);
    const mail = this.server.mails.findLast(({ to }) => to === this.email);
    return this.send(
      'POST',
      '/emailVerifications/signin',
      { verificationUUID: sent.body.verificationUUID, verificationToken: mail?.code },
      options,
    );
  }

  /** Scans the QR code. */
  async beginTotp(query = ''): Promise<Answer> {
    const answer = await this.send('GET', `/users/mfa/register/totp${query}`);
    if (answer.status === 200) {
      this.secret = answer.body.secret ?? '';
      this.deviceId = answer.body.id ?? '';
    }
    return answer;
  }

  /** What the authenticator app shows now, or some steps later. */
  code(steps = 0): string {
    return totpCode(this.secret, this.server.clock(), steps);
  }

  /** Signs in, enrols an authenticator app and saves the codes. */
  async enrol(extra: object = {}): Promise<Answer> {
    await this.signIn();
    await this.beginTotp();
    await this.send('POST', '/users/mfa/auth/totp', { id: this.deviceId, code: this.code(), ...extra });
    this.codes = (await this.send('GET', '/users/mfa/recovery')).body.recoveryCodes ?? [];
    return this.acknowledge();
  }

  acknowledge(): Promise<Answer> {
    return this.send('PUT', '/users', { mfaBackupCodeAcknowledgement: 'complete' });
  }

  /** Proves the authenticator app with a code of the next step, so that none is used twice. */
  authenticate(extra: object = {}): Promise<Answer> {
    this.server.clock.advance(30_000);
    return this.send('POST', '/users/mfa/auth/totp', { code: this.code(), ...extra });
  }

  /** Makes a passkey and enrols it: of their authenticator, or of another one. */
  async makePasskey(extra: object = {}, once: Knobs = {}, authenticator = this.authenticator): Promise<Answer> {
    const begun = await this.send('GET', '/users/passkeys/register');
    if (begun.status !== 200) return begun;
    const made = authenticator.register(begun.body as unknown as PasskeyRegistrationOptions, once);
    const answer = await this.send('POST', '/users/passkeys/register', { ...made, ...extra });
    this.passkeyId = answer.body.passkey?.id ?? this.passkeyId;
    return answer;
  }

  /** Proves a passkey. */
  async usePasskey(extra: object = {}, once: Knobs = {}): Promise<Answer> {
    const begun = await this.send('GET', '/users/passkeys/authenticate');
    if (begun.status !== 200) return begun;
    const proof = this.authenticator.authenticate(begun.body as PasskeyAuthenticationOptions, once);
    return this.send('POST', '/users/mfa/auth/passkey', { ...proof, ...extra });
  }

  /** Signs in with a passkey instead of an e-mail code. */
  async signInWithPasskey(extra: object = {}, once: Knobs = {}): Promise<Answer> {
    this.token = '';
    const begun = await this.send('GET', '/users/passkeys/signin');
    if (begun.status !== 200) return begun;
    const proof = this.authenticator.authenticate(begun.body as PasskeyAuthenticationOptions, once);
    return this.send('POST', '/users/passkeys/signin', { ...proof, ...extra });
  }

  /** Signs in, enrols a passkey and saves the codes. */
  async enrolPasskey(): Promise<Answer> {
    await this.signIn();
    await this.makePasskey();
    this.codes = (await this.send('GET', '/users/mfa/recovery')).body.recoveryCodes ?? [];
    return this.acknowledge();
  }

  /** Calls a route of the application that `requireMfa` guards; it answers with the proof. */
  async act(action: string, { headers, ...asked }: Acting = {}): Promise<Answer> {
    const all = new Headers(headers);
    if (this.token !== '') all.set('authorization', `Bearer ${this.token}`);
    const request = new Request(`${origin}/protected`, { method: 'POST', headers: all });
    const check = await this.server.mfa.requireMfa(request, { action, ...asked });
    return read(check.ok ? Response.json({ mfa: check.mfa }) : check.response);
  }

  /** Sends the e-mail code of the signed-in user, or of another address, to prove the first factor again. */
  async proveEmail(extra: object = {}, email = this.email): Promise<Answer> {
    const sent = await this.send('POST', '/emailVerifications/create', { email });
    const code = this.server.mails.findLast(({ to }) => to === email)?.code;
    const proof = { verificationUUID: sent.body.verificationUUID, verificationToken: code };
    return this.send('POST', '/emailVerifications/verify', { ...proof, ...extra });
  }

  /** Signs in and proves the authenticator app. */
  async signInFully(): Promise<Answer> {
    await this.signIn();
    return this.authenticate();
  }
}

/** Somebody in front of a server: signs in, holds an authenticator app, saves codes. */

import type { MFADevice, MfaMethodsResponse, RecoveryCodesResponse, TotpRegistration } from '../../src/wire/devices.js';
import type { ErrorResponse } from '../../src/wire/errorCodes.js';
import type { OtpVerification, SdkUser, VerifyResponse } from '../../src/wire/session.js';
import type { RequestOptions, TestServer } from './server.js';
import { totpCode } from './totp.js';

/** Whatever an answer may carry; the test asserts what it does. */
export type AnswerBody = Partial<
  VerifyResponse &
    ErrorResponse &
    TotpRegistration &
    RecoveryCodesResponse &
    MfaMethodsResponse &
    OtpVerification &
    MFADevice &
    Omit<SdkUser, 'id'> & { nextView: string }
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

/** A person with one browser in bearer mode: the newest token is sent with every request. */
export class Person {
  token = '';
  /** The secret in their authenticator app. */
  secret = '';
  deviceId = '';
  codes: string[] = [];

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

  /** Signs in and proves the authenticator app. */
  async signInFully(): Promise<Answer> {
    await this.signIn();
    return this.authenticate();
  }
}

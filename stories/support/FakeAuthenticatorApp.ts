import { HOTP, type Secret, URI } from 'otpauth';

/** An authenticator app in a test's hand: reads what a QR code holds, and shows codes by a clock that it is given. */
export class FakeAuthenticatorApp {
  readonly issuer: string;
  readonly account: string;
  readonly #secret: Secret;
  readonly #period: number;
  readonly #clock: () => number;

  constructor(uri: string, clock: () => number) {
    const parsed = URI.parse(uri);
    if (!('period' in parsed))
      throw new TypeError('An authenticator app was given something else than otpauth://totp/…');
    this.issuer = parsed.issuer;
    this.account = parsed.label;
    this.#secret = parsed.secret;
    this.#period = parsed.period;
    this.#clock = clock;
  }

  /** Types the key in, as a person does whose camera is of no use. */
  static fromKey(key: string, clock: () => number): FakeAuthenticatorApp {
    return new FakeAuthenticatorApp(`otpauth://totp/typed?secret=${key.replace(/\s/g, '')}`, clock);
  }

  /** As a person would copy it from the screen. */
  get secret(): string {
    return this.#secret.base32;
  }

  /** The code shown now. `offset` in steps: -1 is the one before. */
  code(offset = 0): string {
    const step = Math.floor(this.#clock() / 1000 / this.#period) + offset;
    return HOTP.generate({ secret: this.#secret, counter: step });
  }

  /** Six digits that none of the three accepted codes is. */
  wrongCode(): string {
    const right = new Set([-1, 0, 1].map((offset) => this.code(offset)));
    const wrong = ['000000', '111111', '222222', '333333'].find((code) => !right.has(code));
    return wrong ?? '444444';
  }
}

/** What an application can set on its server, and the checks that say at start what to change. */

import { isEmailAddress } from './emailAddress.js';
import type { MfaKeys } from './keys.js';
import type { MfaPolicy } from './policy.js';
import { MfaStartError } from './startError.js';
import type { Store } from './store/Store.js';

/** An e-mail the application sends for the server. */
export interface MfaEmail {
  to: string;
  /** Six digits. */
  code: string;
  /** The application's name, as given to the server. */
  appName: string;
  /** Unix milliseconds after which the code is dead: ten minutes. */
  expiresAt: number;
}

/** Something a user should hear about through a channel an attacker does not hold. Sent after it took effect. */
export interface MfaNotification {
  type:
    | 'factor_added'
    | 'factor_removed'
    | 'factor_replaced'
    | 'recovery_code_used'
    | 'recovery_codes_low'
    | 'guessing_suspected'
    | 'factor_suspended'
    /** A passkey's signature counter did not rise: there may be a copy of it. The use was refused. */
    | 'passkey_clone_suspected'
    | 'mfa_reset';
  userId: string;
  /** Where the user can be reached, when known. */
  email: string | null;
  /** Unix milliseconds. */
  at: number;
  /** Unused recovery codes, with `recovery_code_used` and `recovery_codes_low`. */
  recoveryCodesLeft?: number;
}

/** How a token of the application's own sign-in is recognised. */
export interface ExternalAuthOptions {
  /** The exact `iss` of its tokens. */
  issuer: string;
  /** The exact `aud` of its tokens. */
  audience: string;
  /** Where its public keys are. Either this or `key`. */
  jwksUrl?: string;
  /** Its public key as a JWK. */
  key?: JsonWebKey;
  /** Accepted signature algorithms. Asymmetric ones only; `['ES256', 'RS256']` unless set. */
  algorithms?: string[];
}

/** Which domains passkeys belong to: a passkey works on the pages of its domain and of the domains below, and nowhere else. */
export interface PasskeyOptions {
  /**
   * The domain passkeys are made for (WebAuthn's RP ID), as `example.com`. The host name of the first of `origins` unless
   * set: set it before the first passkey is made when your pages are on several host names below one domain, because a
   * passkey keeps its domain for good.
   */
  rpId?: string;
  /** Other domains of yours, each with passkeys of its own. A page names one as `relatedOriginRpId` when it asks for options. */
  relatedRpIds?: string[];
}

/** What recovery codes are like. */
export interface RecoveryCodeOptions {
  /**
   * 16 symbols unless set, shown in four groups: 80 bits. 10, shown in one piece, is for published clients, whose view takes
   * nothing else; it has its price: 50 bits, below the 64 that NIST SP 800-63B §3.1.2.1 asks of saved codes, so that the limit
   * on tries and the pepper outside the database stand in for the rest. Codes made at the other length stay good.
   */
  length?: 10 | 16;
}

export interface MfaServerOptions {
  /** The UUID in every path: `{baseUrl}/sdk/{environmentId}/…`. */
  environmentId: string;
  /** Where users, sessions and factors are kept: `sqliteStore()`, `postgresStore()` or `memoryStore()`. */
  store: Store;
  /** From `generateKeys()`, out of your secret manager; or a function that fetches them at start. No default. */
  keys: MfaKeys | (() => Promise<MfaKeys>);
  /** The API's public address with its path, as `https://app.example.com/api/v0`. Also the base of the token issuer. */
  baseUrl: string;
  /** Exact origins of the pages that use the API, as `https://app.example.com`. The first is the token audience. */
  origins: string[];
  /** Shown in authenticator apps and e-mails. */
  appName: string;
  /** Where somebody without their codes can turn to: shown where a recovery code is asked for. */
  supportEmail?: string;
  /** Your logo, for clients that show one: an absolute https address, or http on localhost. */
  logoUrl?: string;
  /**
   * `cookie` (default): pages on the API's own origin; the page never sees a token. `bearer`: other origins, native
   * applications and the published clients.
   */
  sessionTransport?: 'cookie' | 'bearer';
  /** Delivers sign-in codes. Without it, sign-in by e-mail code is off. */
  sendEmail?: (email: MfaEmail) => Promise<void> | void;
  /** Accepts tokens of the application's own sign-in as a first factor. */
  externalAuth?: ExternalAuthOptions;
  /** For which of your domains passkeys are made. */
  passkeys?: PasskeyOptions;
  /** What recovery codes are like. */
  recoveryCodes?: RecoveryCodeOptions;
  /** The policy until it is first changed through `admin.updatePolicy`; from then on the database has it. */
  policy?: Partial<MfaPolicy>;
  /** Told after a factor changed or guessing was seen. Its failures are reported to `onError` and change nothing. */
  notify?: (notification: MfaNotification) => Promise<void> | void;
  /** Told about every failure that was answered with a 500 or 503. Prints to the console unless set. */
  onError?: (error: unknown, about: { requestId: string }) => void;
  /** Accept the current time step alone (OWASP ASVS 6.5.5) instead of one step of 30 s either way. */
  strictTotp?: boolean;
  /** Leave a user's other sessions alone when a factor was added, removed or recovered. They end unless this is set. */
  keepOtherSessions?: boolean;
  /** How many proxies of yours append to `X-Forwarded-For`. 0 unless set: the header is not looked at. */
  trustedHops?: number;
  /** How many sign-in codes may be sent to an address in ten minutes. 3 unless set. */
  emailsPerAddress?: number;
  /** Unix milliseconds. The server's own clock unless set; for tests. */
  clock?: () => number;
  /** PBKDF2 rounds for recovery codes. 210,000 unless set; fewer are for tests. */
  recoveryCodeRounds?: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

/** Pages show it as an image: no other scheme may come in by it. */
const isWebAddress = (text: unknown): boolean => {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.includes(hostname));
};

/** WebAuthn L3 §5.1.3: an RP ID is a domain, in the form browsers compare it in. */
const isDomain = (text: unknown): text is string =>
  typeof text === 'string' &&
  (text === 'localhost' || text.includes('.')) &&
  !/\.\d+$/.test(text) &&
  URL.canParse(`https://${text}`) &&
  new URL(`https://${text}`).hostname === text;

const checkPasskeyOptions = ({ rpId, relatedRpIds = [] }: PasskeyOptions, origins: string[]): void => {
  const domains = [rpId ?? new URL(origins[0] ?? '').hostname, ...relatedRpIds];
  const wrong = domains.find((domain) => !isDomain(domain));
  if (wrong !== undefined) {
    throw new MfaStartError(
      'passkeys',
      `\`passkeys\` may name domains only, as \`example.com\` without scheme and port: ${JSON.stringify(wrong)} is none.`,
    );
  }
  const isCovered = (host: string) => domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  const stranded = origins.map((origin) => new URL(origin).hostname).find((host) => !isCovered(host));
  if (stranded === undefined) return;
  throw new MfaStartError(
    'passkeys',
    `No passkey could be used on ${stranded}, which is in \`origins\`: set \`passkeys.rpId\` to a domain that all your ` +
      `pages are on or below, or add "${stranded}" to \`passkeys.relatedRpIds\`.`,
  );
};

/** Refuses options with which the server would be wrong or unsafe. */
export const checkOptions = (options: MfaServerOptions): void => {
  const { environmentId, store, baseUrl, origins, appName, sessionTransport, externalAuth } = options;
  if (typeof environmentId !== 'string' || !UUID.test(environmentId)) {
    throw new MfaStartError(
      'environmentId',
      '`environmentId` must be a UUID: make one with `crypto.randomUUID()` and keep it.',
    );
  }
  if (typeof store?.transaction !== 'function') {
    throw new MfaStartError(
      'store',
      '`store` is missing: pass `sqliteStore({ file })` from mfa-kit/server/sqlite or another store.',
    );
  }
  if (typeof baseUrl !== 'string' || !/^https?:\/\/[^/?#]+\/[^?#]+$/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new MfaStartError(
      'baseUrl',
      '`baseUrl` must be the public address of the API with its path, as `https://app.example.com/api/v0`.',
    );
  }
  if (
    !Array.isArray(origins) ||
    origins.length === 0 ||
    !origins.every((origin) => typeof origin === 'string' && isOrigin(origin))
  ) {
    throw new MfaStartError(
      'origins',
      '`origins` must list the exact origins of your pages, as `https://app.example.com` without a slash at the end.',
    );
  }
  if (typeof appName !== 'string' || appName.trim() === '') {
    throw new MfaStartError('appName', '`appName` is missing: people see it in their authenticator app.');
  }
  if (options.supportEmail !== undefined && !isEmailAddress(options.supportEmail)) {
    throw new MfaStartError('supportEmail', '`supportEmail` must be an e-mail address, as `help@example.com`.');
  }
  if (options.logoUrl !== undefined && !isWebAddress(options.logoUrl)) {
    throw new MfaStartError('logoUrl', '`logoUrl` must be an absolute https address, or http on localhost.');
  }
  const codeLength: number | undefined = options.recoveryCodes?.length;
  if (codeLength !== undefined && codeLength !== 10 && codeLength !== 16) {
    throw new MfaStartError('recoveryCodes', '`recoveryCodes.length` must be 16, or 10 for published clients.');
  }
  if (sessionTransport !== undefined && sessionTransport !== 'cookie' && sessionTransport !== 'bearer') {
    throw new MfaStartError('sessionTransport', "`sessionTransport` must be 'cookie' or 'bearer'.");
  }
  const { protocol, hostname } = new URL(baseUrl);
  if (sessionTransport !== 'bearer' && protocol === 'http:' && !LOCAL_HOSTS.includes(hostname)) {
    throw new MfaStartError(
      'baseUrl',
      'Session cookies need https: give an https `baseUrl`, or localhost while developing.',
    );
  }
  if (externalAuth && !externalAuth.jwksUrl === !externalAuth.key) {
    throw new MfaStartError('externalAuth', '`externalAuth` needs either `jwksUrl` or `key`.');
  }
  if (externalAuth && (!externalAuth.issuer || !externalAuth.audience)) {
    throw new MfaStartError('externalAuth', '`externalAuth` needs the exact `issuer` and `audience` of your tokens.');
  }
  if (externalAuth?.algorithms?.some((algorithm) => !/^(ES|RS|PS)(256|384|512)$|^EdDSA$|^Ed25519$/.test(algorithm))) {
    throw new MfaStartError(
      'externalAuth',
      '`externalAuth.algorithms` may name asymmetric algorithms only, such as ES256.',
    );
  }
  if (options.passkeys) checkPasskeyOptions(options.passkeys, origins);
  for (const name of ['trustedHops', 'emailsPerAddress', 'recoveryCodeRounds'] as const) {
    const value = options[name];
    if (value !== undefined && (!Number.isInteger(value) || value < 0)) {
      throw new MfaStartError(name, `\`${name}\` must be a whole number.`);
    }
  }
};

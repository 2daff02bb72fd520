import { describe, expect, test } from 'vitest';
import { ar } from '../../src/ui/messages/ar.js';
import type { Catalogue, MessageKey } from '../../src/ui/messages/Catalogue.js';
import { de } from '../../src/ui/messages/de.js';
import { en } from '../../src/ui/messages/en.js';
import { readFailure, sayCodeFailure, sayFailure, sayRecoveryFailure, toneOf } from '../../src/ui/messages/failure.js';
import { createLanguage, english } from '../../src/ui/messages/Language.js';
import type { Message } from '../../src/ui/messages/Message.js';
import { errorCodes } from '../../src/wire/errorCodes.js';

const keys = Object.keys(en) as MessageKey[];
const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const valuesIn = (message: Message): string[] =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

describe.each<[string, Catalogue]>([
  ['en', en],
  ['de', de],
  ['ar', ar],
])('%s', (locale, catalogue) => {
  test('has every sentence, with the values of the English one', () => {
    const wrong = keys.filter((key) => valuesIn(catalogue[key]).some((value) => !valuesIn(en[key]).includes(value)));
    expect(wrong).toEqual([]);
    expect(Object.keys(catalogue).sort()).toEqual([...keys].sort());
  });

  test('raises its voice nowhere and speaks no jargon', () => {
    const loud = keys.filter((key) =>
      forms(catalogue[key]).some((form) => /!|TOTP|OTP|WebAuthn|MFA|2FA|credential/.test(form)),
    );
    expect(loud).toEqual([]);
  });

  test('counts in the forms its grammar has', () => {
    const language = createLanguage(locale, catalogue);
    for (const count of [0, 1, 2, 3, 9, 11, 100]) {
      expect(language.say('error.wrong.left', { count })).not.toMatch(/\{|undefined/);
    }
  });
});

describe('a language', () => {
  test('puts values in, and leaves what it does not know as it is', () => {
    expect(english.say('qr.alt', { account: 'Harbor' })).toContain('adds Harbor to');
    expect(english.say('qr.alt')).toContain('{account}');
  });

  test('reads a value as text, never as a sentence of its own', () => {
    expect(english.say('qr.alt', { account: '{account} <b>' })).toContain('{account} <b>');
  });

  test('takes the sentences of the application first', () => {
    const own = createLanguage('en', en, { 'otp.title': 'Code, please', 'action.ship': 'ship the order' });
    expect(own.say('otp.title')).toBe('Code, please');
    expect(own.sayAction('ship')).toBe('ship the order');
    expect(own.sayAction('unheard.of')).toBe('unheard.of');
  });

  test('lists names as its grammar does', () => {
    expect(english.list(['A', 'B', 'C'])).toBe('A, B, and C');
    expect(createLanguage('de', de).list(['A', 'B'])).toBe('A und B');
    expect(createLanguage('ar', ar).list(['A', 'B'])).toContain('\u2068A\u2069');
  });

  test('isolates names where text runs from the right', () => {
    expect(createLanguage('ar', ar).say('otp.help.account', { account: 'Harbor' })).toContain('\u2068Harbor\u2069');
    expect(createLanguage('ar-EG', ar).direction).toBe('rtl');
    expect(english.direction).toBe('ltr');
  });

  test('does not fall over an impossible locale', () => {
    expect(createLanguage('not a locale').say('back')).toBe('Back');
  });

  test('tells time in words and figures', () => {
    expect(english.duration(45)).toBe('45 seconds');
    expect(english.duration(600)).toBe('10 minutes');
    expect(english.duration(3 * 3600)).toBe('3 hours');
    expect(english.figures(65)).toBe('1:05');
    expect(english.ago(Date.UTC(2026, 0, 30), Date.UTC(2026, 0, 31))).toBe('yesterday');
    expect(english.ago(Date.UTC(2026, 0, 31), Date.UTC(2026, 0, 31))).toBe('now');
  });
});

describe('what went wrong', () => {
  const refusal = (serverCode: string, more: object = {}) => ({ code: serverCode, serverCode, status: 422, ...more });

  test('every code of the server has a sentence with a next step', () => {
    const vague = Object.entries(errorCodes)
      // What a person's doing cannot bring about is told as our own failure.
      .filter(([, status]) => status !== 400 && status !== 404 && status !== 405 && status !== 413 && status !== 415)
      .filter(([code]) => !/invalid_email$|invalid_update|idempotency|cross_site/.test(code))
      .filter(([code, status]) => readFailure({ serverCode: code, status }).kind === 'unknown')
      .map(([code]) => code);
    expect(vague).toEqual([]);
  });

  test.each([
    [{ code: 'network_error' }, 'network'],
    [{ code: 'invalid_response' }, 'malformed'],
    [refusal('server_error', { status: 500 }), 'server'],
    [refusal('something_new', { status: 502 }), 'server'],
    [refusal('mfa_invalid_code'), 'wrong'],
    [refusal('mfa_invalid_code', { payload: { reason: 'already_used' } }), 'used'],
    [refusal('mfa_invalid_code', { payload: { reason: 'enrollment_expired' } }), 'expired'],
    [refusal('elevated_access_token_required', { payload: { satisfiedBy: ['first_factor'] } }), 'signInAgain'],
    [refusal('elevated_access_token_required', { payload: { satisfiedBy: ['totp', 'recovery'] } }), 'proof'],
    [refusal('insufficient_user_authentication', { status: 401 }), 'challenged'],
    [refusal('mfa_enrollment_required', { status: 403 }), 'enrolFirst'],
    [refusal('mfa_challenge_expired'), 'challengeExpired'],
    [refusal('invalid_scopes'), 'scopes'],
    [refusal('session_expired', { status: 401 }), 'session'],
    [refusal('wrong_email_verification_token'), 'wrong'],
    [refusal('invalid_email_verification'), 'emailExpired'],
    [refusal('too_many_email_verification_attempts'), 'emailTries'],
    [refusal('invalid_external_auth'), 'signIn'],
    [{ code: 'mfa_invalid_otp_error', serverCode: 'mfa_invalid_code', status: 422 }, 'wrong'],
    [{ code: 'passkey_cancelled', passkeyCode: 'passkey_cancelled' }, 'passkeyCancelled'],
    [{ code: 'no_webauthn_support_error', passkeyCode: 'passkey_not_supported' }, 'passkeyUnsupported'],
    [{ code: 'passkey_in_frame', passkeyCode: 'passkey_in_frame' }, 'passkeyFramed'],
    [refusal('passkey_already_registered', { status: 409 }), 'passkeyRegistered'],
    [refusal('passkey_not_found', { status: 404 }), 'passkeyGone'],
    [refusal('passkey_invalid'), 'passkeyRefused'],
    [refusal('constructor'), 'unknown'],
    [new Error('boom'), 'unknown'],
    ['boom', 'unknown'],
    [undefined, 'unknown'],
  ] as const)('%o is told as %s', (error, kind) => {
    expect(readFailure(error).kind).toBe(kind);
  });

  test('each way a passkey can fail has a sentence of its own, and what is nobody’s mistake is said without alarm', () => {
    const codes = {
      passkey_cancelled: 'info',
      passkey_aborted: 'info',
      passkey_no_answer: 'info',
      passkey_already_registered: 'info',
      passkey_not_supported: 'info',
      insecure_context: 'info',
      passkey_in_frame: 'info',
      passkey_challenge_expired: 'info',
      passkey_user_verification_required: 'error',
      passkey_no_credentials: 'error',
      passkey_not_found: 'error',
      passkey_clone_suspected: 'error',
      max_passkeys_per_user: 'error',
      passkey_invalid: 'error',
    };
    const failures = Object.keys(codes).map((passkeyCode) => readFailure({ passkeyCode }));
    expect(failures.map(toneOf)).toEqual(Object.values(codes));
    const sentences = failures.map((failure) => sayFailure(english, failure));
    expect(new Set([...sentences, english.say('error.unknown')]).size).toBe(failures.length + 1);
  });

  test.each([
    ['en', en],
    ['de', de],
    ['ar', ar],
  ])('in %s, whatever can happen to an approval on its way has a sentence of its own', (locale, catalogue) => {
    const language = createLanguage(locale, catalogue);
    const kinds = [
      'challenged',
      'enrolFirst',
      'challengeExpired',
      'tooWeak',
      'scopes',
      'removed',
      'session',
      'signInAgain',
      'proof',
      'unknown',
    ] as const;
    expect(new Set(kinds.map((kind) => sayFailure(language, { kind }))).size).toBe(kinds.length);
  });

  test('tries are counted aloud from three down', () => {
    const say = (attemptsLeft: number) => sayCodeFailure(english, { kind: 'wrong', attemptsLeft }, { wrongCount: 1 });
    expect(say(4)).toBe('That code didn’t match. Check it and try again.');
    expect(say(3)).toBe('That code didn’t match. 3 tries left.');
    expect(say(1)).toBe('That code didn’t match. 1 try left.');
  });

  test('after two wrong codes the clock comes into it, and at once where it is known to be off (F-06)', () => {
    const say = (wrongCount: number, clockSkew = 0) =>
      sayCodeFailure(english, { kind: 'wrong', attemptsLeft: 5 - wrongCount }, { wrongCount, clockSkew });
    expect(say(1)).not.toMatch(/clock/);
    expect(say(2)).toMatch(/clock/);
    expect(say(1, 90)).toMatch(/this device’s clock is off by 2 minutes/);
    expect(say(1, -90)).toMatch(/clock is off/);
    expect(say(1, 12)).not.toMatch(/clock/);
  });

  test('a recovery code has words of its own', () => {
    expect(sayRecoveryFailure(english, { kind: 'wrong' })).toMatch(/backup code/);
    expect(sayRecoveryFailure(english, { kind: 'used' })).toMatch(/backup code/);
    expect(sayRecoveryFailure(english, { kind: 'offline' })).toBe(sayFailure(english, { kind: 'offline' }));
  });

  test('no text of an error is ever shown', () => {
    const hostile = { code: '<img onerror=x>', message: 'SECRET', error: 'SECRET', status: 418 };
    expect(sayFailure(english, readFailure(hostile))).toBe(english.say('error.unknown'));
  });
});

import { expect, test } from 'vitest';
import { parseDeviceList, parseMethods, parseRecoveryCodes, parseTotpRegistration } from '../../src/wire/devices.js';
import { isFullyAuthenticatedScope, isWaitingForMfaScope, parseScope } from '../../src/wire/scopes.js';
import { parseOtpVerification, parseUser, parseVerifyResponse } from '../../src/wire/session.js';
import { parseSettings } from '../../src/wire/settings.js';

const user = { id: 'u', projectEnvironmentId: 'e', verifiedCredentials: [{ id: 'c', format: 'email' }], scope: null };

test('the least that published servers answer is read', () => {
  expect(parseUser(user)).toEqual(user);
  const verified = { user, expiresAt: 1_900_000_000, minifiedJwt: 'a.b.c', elevatedAccessToken: null };
  expect(parseVerifyResponse(verified)).toEqual(verified);
  expect(parseOtpVerification({ verificationUUID: 'v' })).toEqual({ verificationUUID: 'v' });
  expect(parseDeviceList({ count: 1, devices: [{}] })).toEqual({ count: 1, devices: [{}] });
  const methods = { devices: [], passkeys: [], userHasVerifiedMfaMethods: false };
  expect(parseMethods(methods)).toEqual(methods);
  expect(parseRecoveryCodes({ count: 9, recoveryCodes: [] })).toEqual({ count: 9, recoveryCodes: [] });
});

test.each([
  [{}],
  [{ ...user, verifiedCredentials: undefined }],
  [{ ...user, verifiedCredentials: ['x'] }],
  [{ ...user, id: 7 }],
  [{ ...user, scope: ['user:basic'] }],
])('a user like %j is refused', (value) => {
  expect(() => parseUser(value)).toThrow();
  expect(() => parseVerifyResponse({ user: value, expiresAt: 1 })).toThrow();
});

test('the pending app is given with the link that its code draws', () => {
  const registration = { id: 'd', type: 'totp', secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/A:b?secret=X' };
  expect(parseTotpRegistration(registration)).toEqual(registration);
  expect(() => parseTotpRegistration({ ...registration, uri: 'https://evil.test' })).toThrow();
});

test('settings fall back on what published readers knew', () => {
  const mfaOf = (mfa: object) => parseSettings({ security: { mfa } }).security.mfa;
  expect(parseSettings({}).security.mfa).toMatchObject({ enabled: false, enrollment: 'none' });
  expect(mfaOf({ required: true }).enrollment).toBe('signup');
  expect(mfaOf({ required: true, enrollment: 'action' }).enrollment).toBe('action');
  expect(mfaOf({ required: true, enrollment: 'none' }).enrollment).toBe('none');
  expect(() => mfaOf({ actions: [{ action: 1 }] })).toThrow();
});

test.each<[unknown, boolean, boolean]>([
  ['user:basic', true, false],
  ['user:basic  userDataForm', true, false],
  ['requiresAdditionalAuth', false, true],
  ['user:basic requiresAdditionalAuth', false, true],
  ['user:basicx', false, false],
  ['xuser:basic', false, false],
  ['USER:BASIC', false, false],
  ['user:basic\u0000', false, false],
  ['', false, false],
  [undefined, false, false],
  [7, false, false],
  [['user:basic'], false, false],
])('a scope of %j is fully authenticated: %s, waiting: %s', (scope, isFull, isWaiting) => {
  expect(isFullyAuthenticatedScope(scope)).toBe(isFull);
  expect(isWaitingForMfaScope(scope)).toBe(isWaiting);
});

test('members of a scope are exact and counted once', () => {
  expect([...parseScope(' a b  a ')]).toEqual(['a', 'b']);
});

import { describe, expect, test } from 'vitest';
import { type FactParts, screenFacts } from '../../src/controller/screenFacts.js';
import type { ActionLevel } from '../../src/wire/actions.js';
import type { MFADevice, MfaMethodsResponse } from '../../src/wire/devices.js';
import type { UserPasskey } from '../../src/wire/passkeys.js';
import type { MfaMethodSetting } from '../../src/wire/settings.js';

const now = 1_000_000;
const free = { lockedUntil: null, isSuspended: false };
const device = (change: Partial<MFADevice> = {}): MFADevice => ({ id: 'd1', type: 'totp', verified: true, ...change });

const parts: Omit<FactParts, 'settings' | 'request'> = {
  methods: {
    devices: [device()],
    passkeys: [],
    userHasVerifiedMfaMethods: true,
    factors: { totp: free, recovery: { ...free, left: 10 } },
  },
  methodsReadAt: now,
  isSessionWaiting: false,
  isAcknowledgementPending: false,
  canUsePasskeys: true,
  now,
};

const factsWith = (
  methods: Partial<MfaMethodsResponse> = {},
  settings: MfaMethodSetting[] = [{ type: 'totp', enabled: true }],
  change: Partial<FactParts> = {},
) =>
  screenFacts({
    settings: {
      general: {},
      security: { mfa: { enabled: true, enrollment: 'none', required: false, methods: settings, actions: [] } },
    },
    ...parts,
    methods: { ...parts.methods, ...methods },
    request: { purpose: 'action' },
    ...change,
  });

describe('what a person can prove themselves with', () => {
  test('is the verified app, and recovery codes last', () => {
    expect(factsWith()).toMatchObject({ allowed: ['totp', 'recovery'], enrolled: ['totp', 'recovery'], locks: [] });
  });

  test('is not an app that waits for its first code', () => {
    const methods = { devices: [device({ verified: false })], factors: { totp: free, recovery: { ...free, left: 0 } } };
    expect(factsWith(methods).enrolled).toEqual([]);
  });

  test('is not a method the policy switched off, nor codes where it allows none', () => {
    expect(factsWith({}, [{ type: 'totp', enabled: false }])).toMatchObject({ allowed: [], enrolled: [] });
    expect(factsWith({}, [{ type: 'totp', enabled: true, allowBackupCodes: false }])).toMatchObject({
      allowed: ['totp'],
      enrolled: ['totp'],
    });
  });

  test('is not a code when none is left', () => {
    expect(factsWith({ factors: { totp: free, recovery: { ...free, left: 0 } } }).enrolled).toEqual(['totp']);
  });

  test('on a server that does not count, codes are there once they were saved', () => {
    expect(factsWith({ factors: undefined }).enrolled).toEqual(['totp', 'recovery']);
    expect(factsWith({ factors: undefined }, undefined, { isAcknowledgementPending: true }).enrolled).toEqual(['totp']);
  });
});

describe('of an app and a passkey', () => {
  const both: MfaMethodSetting[] = [
    { type: 'totp', enabled: true },
    { type: 'passkey', enabled: true },
  ];
  const passkey = (change: Partial<UserPasskey> = {}): UserPasskey => ({
    id: 'p1',
    credentialId: 'c1',
    createdAt: '2026-01-01T00:00:00Z',
    ...change,
  });
  const early = '2026-01-02T00:00:00Z';
  const late = '2026-01-03T00:00:00Z';
  const order = (devices: MFADevice[], passkeys: UserPasskey[]) => factsWith({ devices, passkeys }, both).enrolled;

  test.each([
    ['the one used last', [device({ lastUsedAt: late })], [passkey({ lastUsedAt: early })], ['totp', 'passkey']],
    ['the one used last', [device({ lastUsedAt: early })], [passkey({ lastUsedAt: late })], ['passkey', 'totp']],
    ['the only one ever used', [device({ default: true })], [passkey({ lastUsedAt: early })], ['passkey', 'totp']],
    ['the default, where neither was used', [device({ default: true })], [passkey()], ['totp', 'passkey']],
    ['the passkey, where nothing else decides', [device()], [passkey()], ['passkey', 'totp']],
    [
      'the kind of which any was used last',
      [device({ lastUsedAt: early })],
      [passkey(), passkey({ id: 'p2', lastUsedAt: late })],
      ['passkey', 'totp'],
    ],
  ] as const)('%s comes first, and a backup code last', (_, devices, passkeys, expected) => {
    expect(order([...devices], [...passkeys])).toEqual([...expected, 'recovery']);
  });

  test('a passkey is allowed and enrolled only where the policy says so', () => {
    expect(factsWith({ passkeys: [passkey()] })).toMatchObject({
      allowed: ['totp', 'recovery'],
      enrolled: ['totp', 'recovery'],
      unsupported: [],
    });
    expect(factsWith({ devices: [], passkeys: [passkey()] }, both)).toMatchObject({
      allowed: ['passkey', 'totp', 'recovery'],
      enrolled: ['passkey', 'recovery'],
    });
  });

  test('a browser without passkeys keeps them in the list, as what it cannot do', () => {
    expect(factsWith({ passkeys: [passkey()] }, both, { canUsePasskeys: false })).toMatchObject({
      allowed: ['passkey', 'totp', 'recovery'],
      unsupported: ['passkey'],
    });
    expect(factsWith({}, undefined, { canUsePasskeys: false }).unsupported).toEqual([]);
  });
});

describe('a lock', () => {
  test("ends by this device's clock, whatever the server's says", () => {
    const serverTime = 5_000_000_000;
    const lockedUntil = serverTime + 30_000;
    const factors = { totp: { lockedUntil, isSuspended: false }, recovery: { ...free, left: 3 } };
    expect(factsWith({ factors, serverTime }).locks).toEqual([{ method: 'totp', lockedUntil: now + 30_000 }]);
    expect(factsWith({ factors, serverTime }, undefined, { now: now + 30_000 }).locks).toEqual([]);
  });

  test('by suspension has no end', () => {
    const factors = { totp: free, recovery: { lockedUntil: null, isSuspended: true, left: 3 } };
    expect(factsWith({ factors }).locks).toEqual([{ method: 'recovery', lockedUntil: null }]);
  });
});

describe('how strong a proof has to be', () => {
  const levelOf = (said: ActionLevel | undefined, minLevel?: ActionLevel) =>
    screenFacts({
      ...parts,
      settings: {
        general: {},
        security: {
          mfa: {
            enabled: true,
            enrollment: 'none',
            required: false,
            methods: [{ type: 'totp', enabled: true }],
            actions: [{ action: 'send', required: true, minLevel: said }],
          },
        },
      },
      request: { purpose: 'action', action: 'send', minLevel },
    }).minLevel;

  test('is what the server said with its demand, or what the policy says by now, whichever is more', () => {
    expect(levelOf(undefined)).toBe('recovery');
    expect(levelOf('factor')).toBe('factor');
    expect(levelOf(undefined, 'phr')).toBe('phr');
    expect(levelOf('phr', 'factor')).toBe('phr');
    expect(levelOf('recovery', 'factor')).toBe('factor');
  });
});

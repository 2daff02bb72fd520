import { describe, expect, test } from 'vitest';
import { type FactParts, screenFacts } from '../../src/controller/screenFacts.js';
import type { MFADevice, MfaMethodsResponse } from '../../src/wire/devices.js';
import type { MfaMethodSetting } from '../../src/wire/settings.js';

const now = 1_000_000;
const free = { lockedUntil: null, isSuspended: false };
const device = (change: Partial<MFADevice> = {}): MFADevice => ({ id: 'd1', type: 'totp', verified: true, ...change });

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
    methods: {
      devices: [device()],
      passkeys: [],
      userHasVerifiedMfaMethods: true,
      factors: { totp: free, recovery: { ...free, left: 10 } },
      ...methods,
    },
    methodsReadAt: now,
    isSessionWaiting: false,
    isAcknowledgementPending: false,
    request: { purpose: 'action' },
    now,
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

/**
 * Every standing a person can have with a passkey and an authenticator app, against everything they can want: which
 * screens follow each other, with nothing asked twice and nothing begun that was not chosen.
 */
import { describe, expect, test } from 'vitest';
import type { Method, Screen, ScreenEvent, ScreenFacts, TableEvent } from '../../src/controller/screens.js';
import { next, screenRules } from '../../src/controller/transitions.js';
import { waysFor } from '../../src/controller/ways.js';

const standings = {
  none: [],
  TOTP: ['totp', 'recovery'],
  passkey: ['passkey', 'recovery'],
  both: ['passkey', 'totp', 'recovery'],
} as const satisfies Record<string, readonly Method[]>;
type Standing = keyof typeof standings;
const every = Object.keys(standings) as Standing[];

const factsOf = (standing: Standing, change: Partial<ScreenFacts> = {}): ScreenFacts => ({
  allowed: ['passkey', 'totp', 'recovery'],
  unsupported: [],
  enrolled: standings[standing],
  locks: [],
  isSessionWaiting: false,
  isAcknowledgementPending: false,
  minLevel: 'recovery',
  request: { purpose: 'action' },
  ...change,
});

/** A screen in a word: its name, and what it is for where that is not always the same. */
const word = (screen: Screen | 'done'): string => {
  if (screen === 'done') return 'done';
  if ('task' in screen) return `${screen.name}:${screen.task}`;
  if (screen.name === 'OtpVerification') return `OtpVerification:${screen.deviceId === undefined ? 'verify' : 'enrol'}`;
  return screen.name;
};

/** The screens from the first on, as one event after the other happens. */
const walk = (facts: ScreenFacts, events: readonly TableEvent[], from = screenRules.first(facts)): string[] => {
  const seen = [word(from)];
  let screen = from;
  for (const event of events) {
    if (screen === 'done') break;
    screen = next(screen, event, facts);
    seen.push(word(screen));
  }
  return seen;
};

const proven = (method: Method, change: Partial<Extract<ScreenEvent, { type: 'verified' }>> = {}): TableEvent => ({
  type: 'verified',
  method,
  isAcknowledgementPending: false,
  ...change,
});
const chosen = (method: Method): TableEvent => ({ type: 'methodChosen', method });
const another: TableEvent = { type: 'anotherWayRequested' };
const finished: TableEvent = { type: 'finished' };
const scanned: TableEvent = { type: 'secretScanned', deviceId: 'd1' };
const named: TableEvent = { type: 'passkeyNamed' };
const saved: TableEvent = { type: 'codesSaved' };
const passkey = { id: 'p1', credentialId: 'c1', createdAt: '2026-01-31T09:00:00Z' };
const manage: Screen = { name: 'ManageDevices' };

describe('verifying', () => {
  const isFirst: Record<Standing, string> = {
    none: 'ChooseType:enrol',
    TOTP: 'OtpVerification:verify',
    passkey: 'PasskeyPrompt:verify',
    both: 'PasskeyPrompt:verify',
  };
  test.each(every)('with %s begins with what is there, the best first', (standing) => {
    expect(word(screenRules.first(factsOf(standing)))).toBe(isFirst[standing]);
  });

  test.each<[Standing, Method, TableEvent[], string[]]>([
    ['TOTP', 'totp', [], ['OtpVerification:verify']],
    ['TOTP', 'recovery', [another], ['OtpVerification:verify', 'EnterBackupCodes']],
    ['passkey', 'passkey', [], ['PasskeyPrompt:verify']],
    ['passkey', 'recovery', [another], ['PasskeyPrompt:verify', 'EnterBackupCodes']],
    ['both', 'passkey', [], ['PasskeyPrompt:verify']],
    [
      'both',
      'totp',
      [another, chosen('totp')],
      ['PasskeyPrompt:verify', 'ChooseType:verify', 'OtpVerification:verify'],
    ],
    [
      'both',
      'recovery',
      [another, chosen('recovery')],
      ['PasskeyPrompt:verify', 'ChooseType:verify', 'EnterBackupCodes'],
    ],
  ])('with %s by %s takes no step more than it needs', (standing, method, events, way) => {
    const facts = factsOf(standing);
    const isRecovery = method === 'recovery';
    const end = isRecovery ? ['RecoveryUsed', 'done'] : ['Success:verified', 'done'];
    const proof = proven(method, isRecovery ? { recoveryCodesLeft: 9 } : {});
    expect(walk(facts, [...events, proof, finished])).toEqual([...way, ...end]);
  });

  test.each(every)('with %s a method is never changed by itself', (standing) => {
    const facts = factsOf(standing);
    const first = screenRules.first(facts);
    if (first === 'done') throw new Error('there is something to do');
    const quiet: TableEvent[] = [{ type: 'lockEnded' }, finished, { type: 'newCodesRequested' }];
    // What does not prove, choose or leave changes nothing: a ceremony that failed is not even an event.
    if (first.name === 'PasskeyPrompt') for (const event of quiet) expect(next(first, event, facts)).toBe(first);
  });
});

describe('enrolling in a prompt that finds nothing', () => {
  const facts = factsOf('none');
  const pending = { isAcknowledgementPending: true };

  test('a passkey: saved where, codes, done', () => {
    expect(
      walk(facts, [chosen('passkey'), proven('passkey', { ...pending, passkey }), named, saved, finished]),
    ).toEqual([
      'ChooseType:enrol',
      'PasskeyPrompt:enrol',
      'PasskeySaved',
      'ViewBackupCodes',
      'Success:codesSaved',
      'done',
    ]);
  });

  test('an app: code, codes, done', () => {
    expect(walk(facts, [chosen('totp'), scanned, proven('totp', pending), saved, finished])).toEqual([
      'ChooseType:enrol',
      'QrCode',
      'OtpVerification:enrol',
      'ViewBackupCodes',
      'Success:codesSaved',
      'done',
    ]);
  });

  test('a passkey that does not work out: the app, by choice', () => {
    expect(walk(facts, [chosen('passkey'), another, chosen('totp')])).toEqual([
      'ChooseType:enrol',
      'PasskeyPrompt:enrol',
      'ChooseType:enrol',
      'QrCode',
    ]);
  });

  test('a passkey of a server that does not say which: straight on', () => {
    expect(walk(facts, [chosen('passkey'), proven('passkey'), finished])).toEqual([
      'ChooseType:enrol',
      'PasskeyPrompt:enrol',
      'Success:enrolled',
      'done',
    ]);
  });

  test('without passkeys in this browser: the app at once, and the chooser says why', () => {
    const without = factsOf('none', { unsupported: ['passkey'] });
    expect(walk(without, [another, chosen('totp')])).toEqual(['QrCode', 'ChooseType:enrol', 'QrCode']);
  });
});

describe('adding in management', () => {
  const add = (method?: Method): TableEvent => ({ type: 'enrolRequested', isReplacement: false, method });
  const ways = (standing: Standing) => waysFor({ name: 'ChooseType', task: 'enrol' }, factsOf(standing));

  test('offers what is not there yet; a passkey is for one device, so there is always another', () => {
    expect(Object.fromEntries(every.map((standing) => [standing, ways(standing)]))).toEqual({
      none: ['passkey', 'totp'],
      TOTP: ['passkey'],
      passkey: ['passkey', 'totp'],
      both: ['passkey'],
    });
  });

  test.each<[Standing, string]>([
    ['none', 'ChooseType:enrol'],
    ['TOTP', 'PasskeyPrompt:enrol'],
    ['passkey', 'ChooseType:enrol'],
    ['both', 'PasskeyPrompt:enrol'],
  ])('with %s skips the chooser where there is nothing to choose', (standing, expected) => {
    expect(walk(factsOf(standing), [add()], manage)).toEqual(['ManageDevices', expected]);
  });

  test.each(every)('with %s a passkey comes back to management', (standing) => {
    const events = [add('passkey'), proven('passkey', { passkey }), named];
    expect(walk(factsOf(standing), events, manage)).toEqual([
      'ManageDevices',
      'PasskeyPrompt:enrol',
      'PasskeySaved',
      'ManageDevices',
    ]);
  });

  test.each<Standing>(['none', 'passkey'])('with %s an app comes back to management', (standing) => {
    expect(walk(factsOf(standing), [add('totp'), scanned, proven('totp')], manage)).toEqual([
      'ManageDevices',
      'QrCode',
      'OtpVerification:enrol',
      'ManageDevices',
    ]);
  });

  test.each<[Standing, Method, string[]]>([
    ['TOTP', 'passkey', ['PasskeyPrompt:enrol', 'OtpVerification:verify', 'PasskeyPrompt:enrol']],
    ['passkey', 'totp', ['QrCode', 'PasskeyPrompt:verify', 'QrCode']],
    ['both', 'passkey', ['PasskeyPrompt:enrol', 'PasskeyPrompt:verify', 'PasskeyPrompt:enrol']],
  ])('with %s a %s that needs a fresh proof asks once, and goes on', (standing, method, way) => {
    const facts = factsOf(standing);
    const enrolment = next(manage, add(method), facts);
    if (enrolment === 'done') throw new Error('an enrolment was to begin');
    const detour: TableEvent = { type: 'proofRequired', then: enrolment };
    expect(walk(facts, [detour, proven('passkey')], enrolment)).toEqual(way);
  });

  test('a passkey that is there already leads to where it is listed', () => {
    expect(walk(factsOf('both'), [finished], { name: 'PasskeyPrompt', task: 'enrol' })).toEqual([
      'PasskeyPrompt:enrol',
      'ManageDevices',
    ]);
  });
});

describe('removing in management', () => {
  const removals = {
    app: { kind: 'remove', deviceId: 'd1' },
    passkey: { kind: 'removePasskey', passkeyId: 'p1' },
    name: { kind: 'renamePasskey', passkeyId: 'p1', alias: 'Work' },
  } as const;

  test.each<[Standing, keyof typeof removals, string]>([
    ['TOTP', 'app', 'OtpVerification:verify'],
    ['passkey', 'passkey', 'PasskeyPrompt:verify'],
    ['passkey', 'name', 'PasskeyPrompt:verify'],
    ['both', 'app', 'PasskeyPrompt:verify'],
    ['both', 'passkey', 'PasskeyPrompt:verify'],
  ])('with %s: %s is proven with the best, never a backup code, and then done by itself', (standing, what, proof) => {
    const then: Screen = { name: 'ManageDevices', resume: removals[what] };
    const facts = factsOf(standing);
    const asked = next(manage, { type: 'proofRequired', then }, facts);
    expect(word(asked)).toBe(proof);
    if (asked === 'done') throw new Error('a proof was to be asked for');
    expect(waysFor(asked, facts)).not.toContain('recovery');
    expect(next(asked, proven('passkey'), facts)).toBe(then);
  });
});

describe('in by a backup code', () => {
  const used: Screen = { name: 'RecoveryUsed', left: 4 };

  test('a new passkey, where it is kept, new codes', () => {
    const add: TableEvent = { type: 'enrolRequested', isReplacement: false, method: 'passkey' };
    expect(walk(factsOf('passkey'), [add, proven('passkey', { passkey }), named, saved], used)).toEqual([
      'RecoveryUsed',
      'PasskeyPrompt:enrol',
      'PasskeySaved',
      'ViewBackupCodes',
      'Success:codesSaved',
    ]);
  });

  test('is proof enough to add a passkey, not to add an app beside one', () => {
    const facts = factsOf('passkey');
    const on = (then: Screen) => waysFor({ name: 'PasskeyPrompt', task: 'verify', then }, facts);
    expect(on({ name: 'PasskeyPrompt', task: 'enrol' })).toEqual(['passkey', 'recovery']);
    expect(on({ name: 'QrCode', isReplacement: false })).toEqual(['passkey']);
  });
});

describe('a browser without passkeys', () => {
  const facts = (standing: Standing, change: Partial<ScreenFacts> = {}) =>
    factsOf(standing, { unsupported: ['passkey'], ...change });

  test('begins with the app where there is one', () => {
    expect(walk(facts('both'), [another])).toEqual(['OtpVerification:verify', 'EnterBackupCodes']);
  });

  test('offers a backup code beside the reason, and does not begin with it', () => {
    expect(walk(facts('passkey'), [chosen('recovery')])).toEqual(['ChooseType:verify', 'EnterBackupCodes']);
    expect(waysFor({ name: 'ChooseType', task: 'verify' }, facts('passkey'))).toEqual(['passkey', 'recovery']);
  });

  test('shows why nothing works where a passkey is all there is', () => {
    expect(walk(facts('passkey', { enrolled: ['passkey'] }), [])).toEqual(['ChooseType:verify']);
  });
});

test('a paused app leaves the passkey: named, and not begun by itself', () => {
  const facts = factsOf('both', {
    enrolled: ['totp', 'passkey', 'recovery'],
    locks: [{ method: 'totp', lockedUntil: 9 }],
  });
  const locked = screenRules.first(facts);
  expect(word(locked)).toBe('Locked');
  if (locked === 'done') throw new Error('there is a lock');
  expect(waysFor(locked, facts)).toEqual(['totp', 'passkey', 'recovery']);
  expect(word(next(locked, chosen('passkey'), facts))).toBe('PasskeyPrompt:verify');
});

describe('what an action asks of a proof', () => {
  const first = (standing: Standing, change: Partial<ScreenFacts>) => screenRules.first(factsOf(standing, change));
  const waysOn = (screen: Screen | 'done', facts: ScreenFacts) => (screen === 'done' ? [] : waysFor(screen, facts));

  test.each<[ScreenFacts['minLevel'], Standing, string, readonly Method[]]>([
    ['recovery', 'both', 'PasskeyPrompt:verify', ['passkey', 'totp', 'recovery']],
    ['factor', 'both', 'PasskeyPrompt:verify', ['passkey', 'totp']],
    ['factor', 'TOTP', 'OtpVerification:verify', ['totp']],
    ['phr', 'both', 'PasskeyPrompt:verify', ['passkey']],
    ['phr', 'passkey', 'PasskeyPrompt:verify', ['passkey']],
    // Nothing strong enough is there: it is added.
    ['phr', 'TOTP', 'PasskeyPrompt:enrol', ['passkey']],
    ['phr', 'none', 'PasskeyPrompt:enrol', ['passkey']],
    ['factor', 'none', 'ChooseType:enrol', ['passkey', 'totp']],
  ])('at %s, with %s, begins at %s and offers no more than is enough', (minLevel, standing, screen, ways) => {
    const facts = factsOf(standing, { minLevel });
    expect(word(first(standing, { minLevel }))).toBe(screen);
    expect(waysOn(first(standing, { minLevel }), facts)).toEqual(ways);
  });

  test('is not asked of the proof on the way to adding what is strong enough', () => {
    const facts = factsOf('TOTP', { minLevel: 'phr' });
    const making: Screen = { name: 'PasskeyPrompt', task: 'enrol' };
    const required: TableEvent = { type: 'proofRequired', then: making };
    expect(walk(facts, [required, proven('totp'), proven('passkey', { passkey }), named])).toEqual([
      'PasskeyPrompt:enrol',
      'OtpVerification:verify',
      'PasskeyPrompt:enrol',
      'PasskeySaved',
      'Success:enrolled',
    ]);
  });

  test('a passkey that this browser cannot make is shown with its reason, and nothing weaker beside it', () => {
    const change = { minLevel: 'phr', unsupported: ['passkey'] } as const;
    for (const standing of every) {
      const chooser = first(standing, change);
      expect(chooser).toMatchObject({ name: 'ChooseType' });
      expect(waysOn(chooser, factsOf(standing, change))).toEqual(['passkey']);
    }
  });

  test('also holds for a screen that is opened by its name', () => {
    const facts = factsOf('TOTP', { minLevel: 'phr' });
    expect(word(screenRules.first(facts, 'OtpVerification'))).toBe('PasskeyPrompt:enrol');
    expect(word(screenRules.first(facts, 'ChooseType'))).toBe('ChooseType:enrol');
  });

  test('where it has become more than anything the person has, another way is to add it', () => {
    const screen: Screen = { name: 'OtpVerification' };
    expect(next(screen, another, factsOf('TOTP', { minLevel: 'phr' }))).toEqual({
      name: 'PasskeyPrompt',
      task: 'enrol',
    });
    expect(next(screen, another, factsOf('both', { minLevel: 'phr' }))).toMatchObject({
      name: 'PasskeyPrompt',
      task: 'verify',
    });
  });
});

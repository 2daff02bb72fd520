import { describe, expect, test } from 'vitest';
import type { Method, Screen, ScreenEvent, ScreenFacts, ScreenName, TableEvent } from '../../src/controller/screens.js';
import { history, next, screenRules } from '../../src/controller/transitions.js';
import { waysFor } from '../../src/controller/ways.js';

const factsWith = (change: Partial<ScreenFacts> = {}): ScreenFacts => ({
  allowed: ['totp', 'recovery'],
  unsupported: [],
  enrolled: ['totp', 'recovery'],
  locks: [],
  isSessionWaiting: false,
  isAcknowledgementPending: false,
  minLevel: 'recovery',
  request: { purpose: 'action' },
  ...change,
});
const facts = factsWith();

const manage: Screen = { name: 'ManageDevices' };
const otp: Screen = { name: 'OtpVerification' };
const enrolling: Screen = { name: 'OtpVerification', deviceId: 'd1', isReplacement: false };
const touch: Screen = { name: 'PasskeyPrompt', task: 'verify' };
const making: Screen = { name: 'PasskeyPrompt', task: 'enrol' };
const passkey = { id: 'p1', credentialId: 'c1', createdAt: '2026-01-31T09:00:00Z' };
const enterCode: Screen = { name: 'EnterBackupCodes' };
const pendingCodes: Screen = { name: 'ViewBackupCodes', isNewSet: false };
const newCodes: Screen = { name: 'ViewBackupCodes', isNewSet: true };

/** One of each screen, and one of each event: what the exhaustive table is made of. */
const screens: { [TName in ScreenName]: Screen } = {
  ChooseType: { name: 'ChooseType', task: 'verify' },
  QrCode: { name: 'QrCode', isReplacement: false },
  OtpVerification: otp,
  PasskeyPrompt: touch,
  PasskeySaved: { name: 'PasskeySaved', passkey, then: pendingCodes },
  EnterBackupCodes: enterCode,
  RecoveryUsed: { name: 'RecoveryUsed', left: 9 },
  ViewBackupCodes: pendingCodes,
  ManageDevices: manage,
  Locked: { name: 'Locked', method: 'totp', lockedUntil: 1, retry: otp },
  Reauthenticate: { name: 'Reauthenticate' },
  Success: { name: 'Success', task: 'verified' },
};
const events: { [TType in TableEvent['type']]: Extract<ScreenEvent, { type: TType }> } = {
  methodChosen: { type: 'methodChosen', method: 'recovery' },
  secretScanned: { type: 'secretScanned', deviceId: 'd1' },
  verified: { type: 'verified', method: 'totp', isAcknowledgementPending: false, recoveryCodesLeft: 4 },
  codesSaved: { type: 'codesSaved' },
  passkeyNamed: { type: 'passkeyNamed' },
  anotherWayRequested: { type: 'anotherWayRequested' },
  wasLocked: { type: 'wasLocked', method: 'totp', lockedUntil: 5 },
  lockEnded: { type: 'lockEnded' },
  enrolRequested: { type: 'enrolRequested', isReplacement: true },
  newCodesRequested: { type: 'newCodesRequested' },
  proofRequired: { type: 'proofRequired', then: newCodes },
  signInAgainRequired: { type: 'signInAgainRequired' },
  reauthenticated: { type: 'reauthenticated' },
  proofTooWeak: { type: 'proofTooWeak', minLevel: 'factor' },
  finished: { type: 'finished' },
};

const stays = 'stays';
const everywhere = {
  wasLocked: 'Locked',
  proofRequired: 'OtpVerification',
  signInAgainRequired: 'Reauthenticate',
} as const;
type Row = Partial<Record<TableEvent['type'], ScreenName | 'done' | typeof stays>>;

/** Where each event leads from each screen; what is not named stays. */
const table: { [TName in ScreenName]: Row } = {
  ChooseType: { ...everywhere, methodChosen: 'EnterBackupCodes', enrolRequested: 'QrCode', wasLocked: stays },
  QrCode: { ...everywhere, secretScanned: 'OtpVerification' },
  OtpVerification: {
    ...everywhere,
    verified: 'Success',
    anotherWayRequested: 'EnterBackupCodes',
    enrolRequested: 'QrCode',
  },
  PasskeyPrompt: { ...everywhere, verified: 'Success', anotherWayRequested: 'ChooseType' },
  PasskeySaved: { ...everywhere, passkeyNamed: 'ViewBackupCodes' },
  EnterBackupCodes: { ...everywhere, verified: 'RecoveryUsed', anotherWayRequested: 'OtpVerification' },
  RecoveryUsed: { ...everywhere, enrolRequested: 'QrCode', newCodesRequested: 'ViewBackupCodes', finished: 'done' },
  ViewBackupCodes: { ...everywhere, codesSaved: 'Success', newCodesRequested: 'ViewBackupCodes', finished: 'done' },
  ManageDevices: { ...everywhere, enrolRequested: 'QrCode', newCodesRequested: 'ViewBackupCodes', finished: 'done' },
  Locked: {
    ...everywhere,
    methodChosen: 'EnterBackupCodes',
    anotherWayRequested: 'EnterBackupCodes',
    lockEnded: 'OtpVerification',
  },
  Reauthenticate: { ...everywhere, signInAgainRequired: stays, reauthenticated: 'Success' },
  Success: { finished: 'done' },
};

describe('every event on every screen', () => {
  const cases = Object.values(screens).flatMap((screen) =>
    Object.values(events).map((event) => [screen.name, event.type, table[screen.name][event.type] ?? stays] as const),
  );
  test.each(cases)('%s, %s → %s', (name, type, expected) => {
    const screen = screens[name];
    const following = next(screen, events[type], facts);
    if (expected === stays) expect(following).toBe(screen);
    else expect(following === 'done' ? 'done' : following.name).toBe(expected);
  });
});

describe('what a request begins with', () => {
  const first = (change: Partial<ScreenFacts>, wanted?: ScreenName | Screen) =>
    screenRules.first(factsWith(change), wanted);
  const session = { request: { purpose: 'session' } } as const;

  test('a waiting session with an app enrolled asks for its code', () => {
    expect(first({ ...session, isSessionWaiting: true })).toEqual(otp);
  });

  test('a waiting session with nothing enrolled goes straight to the only method there is', () => {
    expect(first({ ...session, isSessionWaiting: true, enrolled: [] })).toEqual({
      name: 'QrCode',
      isReplacement: false,
    });
  });

  test('a waiting session with nothing enrolled and two methods lets the person choose', () => {
    const allowed: Method[] = ['passkey', 'totp', 'recovery'];
    expect(first({ ...session, isSessionWaiting: true, enrolled: [], allowed })).toEqual({
      name: 'ChooseType',
      task: 'enrol',
    });
  });

  test('a session that waits only for codes to be saved shows them', () => {
    expect(first({ ...session, isAcknowledgementPending: true })).toEqual(pendingCodes);
  });

  test('a session that waits for nothing any more is done', () => {
    expect(first(session)).toBe('done');
  });

  test('an action without anything enrolled begins with enrolling', () => {
    expect(first({ enrolled: [] })).toEqual({ name: 'QrCode', isReplacement: false });
  });

  test('a locked method is shown locked instead of starting a weaker one', () => {
    expect(first({ locks: [{ method: 'totp', lockedUntil: 7 }] })).toEqual({
      name: 'Locked',
      method: 'totp',
      lockedUntil: 7,
      retry: otp,
    });
  });

  test('recovery codes are asked for first only where nothing else is left', () => {
    expect(first({ enrolled: ['recovery'] })).toEqual(enterCode);
  });

  test.each([
    ['ChooseType', { name: 'ChooseType', task: 'verify' }],
    ['QrCode', { name: 'QrCode', isReplacement: false }],
    ['OtpVerification', otp],
    ['EnterBackupCodes', enterCode],
    ['ViewBackupCodes', pendingCodes],
    ['PasskeySaved', manage],
    ['ManageDevices', manage],
    ['Reauthenticate', { name: 'Reauthenticate' }],
    ['Success', manage],
  ] as const)('%s asked for by name opens it', (name, screen) => {
    expect(first({}, name)).toEqual(screen);
  });

  test('a proof asked for by name begins with enrolling for it where there is nothing, and with what there is otherwise', () => {
    expect(first({ enrolled: [] }, 'OtpVerification')).toEqual({ name: 'QrCode', isReplacement: false });
    expect(first({ enrolled: [] }, 'PasskeyPrompt')).toEqual(making);
    expect(first({ enrolled: [] }, 'ChooseType')).toEqual({ name: 'ChooseType', task: 'enrol' });
    expect(first({ enrolled: ['passkey', 'recovery'] }, 'OtpVerification')).toEqual(touch);
    expect(first({}, 'PasskeyPrompt')).toEqual(otp);
  });

  test('a screen given in full is taken as it is', () => {
    expect(first({}, newCodes)).toBe(newCodes);
  });
});

describe('enrolment', () => {
  const proven = { ...events.verified, isAcknowledgementPending: true };

  test('the app that was scanned is the one whose code is asked for', () => {
    expect(next(screens.QrCode, events.secretScanned, facts)).toEqual(enrolling);
  });

  test('the first code leads to the codes, the codes to success, success to the end', () => {
    expect(next(enrolling, proven, facts)).toEqual(pendingCodes);
    expect(next(pendingCodes, events.codesSaved, facts)).toEqual({ name: 'Success', task: 'codesSaved' });
    expect(next({ name: 'Success', task: 'codesSaved' }, events.finished, facts)).toBe('done');
  });

  test('without codes to save, an enrolment says that it is one', () => {
    expect(next(enrolling, events.verified, facts)).toEqual({ name: 'Success', task: 'enrolled' });
  });

  test('codes that wait cannot be skipped, codes that are saved can be left', () => {
    expect(next(pendingCodes, events.finished, factsWith({ isAcknowledgementPending: true }))).toBe(pendingCodes);
    expect(next(pendingCodes, events.finished, facts)).toBe('done');
  });

  test('from management everything leads back to management', () => {
    const begun = next(manage, { type: 'enrolRequested', isReplacement: false }, factsWith({ enrolled: [] }));
    expect(begun).toEqual({ name: 'QrCode', isReplacement: false, then: manage });
    const scanned = next(begun as Screen, events.secretScanned, facts) as Screen;
    const codes = next(scanned, proven, facts) as Screen;
    expect(codes).toEqual({ ...pendingCodes, then: manage });
    expect(next(codes, events.codesSaved, facts)).toEqual(manage);
  });
});

describe('a lost phone', () => {
  test('recovery code, new app, new codes', () => {
    const used = next(enterCode, events.verified, facts) as Screen;
    expect(used).toEqual({ name: 'RecoveryUsed', left: 4 });
    const qr = next(used, events.enrolRequested, facts) as Screen;
    expect(qr).toEqual({ name: 'QrCode', isReplacement: true, then: newCodes });
    const code = next(qr, events.secretScanned, facts) as Screen;
    expect(code).toMatchObject({ name: 'OtpVerification', deviceId: 'd1', isReplacement: true });
    expect(next(code, events.verified, facts)).toEqual(newCodes);
  });

  test('after the last code nobody leaves without a new app or new codes', () => {
    const last: Screen = { name: 'RecoveryUsed', left: 0 };
    expect(next(last, events.finished, facts)).toBe(last);
    expect(next(last, events.newCodesRequested, facts)).toEqual(newCodes);
  });

  test('a server that does not count says success', () => {
    expect(next(enterCode, { ...events.verified, recoveryCodesLeft: undefined }, facts)).toEqual({
      name: 'Success',
      task: 'verified',
    });
  });
});

describe('a fresh proof', () => {
  const resume: Screen = { name: 'ManageDevices', resume: { kind: 'remove', deviceId: 'd1' } };

  test('it goes on with what was interrupted', () => {
    const asked = next(manage, { type: 'proofRequired', then: resume }, facts) as Screen;
    expect(asked).toEqual({ name: 'OtpVerification', then: resume });
    expect(next(asked, events.verified, facts)).toBe(resume);
  });

  test('a change of devices or codes is not offered to a recovery code', () => {
    expect(waysFor({ name: 'OtpVerification', then: resume }, facts)).toEqual(['totp']);
    expect(waysFor({ name: 'OtpVerification', then: newCodes }, facts)).toEqual(['totp']);
  });

  test('replacing a lost app is', () => {
    const replace: Screen = { name: 'QrCode', isReplacement: true };
    expect(waysFor({ name: 'OtpVerification', then: replace }, facts)).toEqual(['totp', 'recovery']);
    const other = next({ name: 'OtpVerification', then: replace }, events.anotherWayRequested, facts);
    expect(other).toEqual({ name: 'EnterBackupCodes', then: replace });
    expect(next(other as Screen, events.verified, facts)).toBe(replace);
  });

  test('without any factor only the first one again helps, and what was interrupted then goes on by itself', () => {
    const asked = next(manage, { type: 'proofRequired', then: resume }, factsWith({ enrolled: [] }));
    expect(asked).toEqual({ name: 'Reauthenticate', then: resume });
    expect(asked !== 'done' && next(asked, { type: 'reauthenticated' }, facts)).toBe(resume);
  });

  test('an old sign-in is renewed before a first second step, and going back leads past it', () => {
    const qr: Screen = { name: 'QrCode', isReplacement: false };
    const chooser: Screen = { name: 'ChooseType', task: 'enrol' };
    const required: TableEvent = { type: 'signInAgainRequired' };
    const asked = next(qr, required, facts);
    expect(asked).toEqual({ name: 'Reauthenticate', then: qr });
    if (asked === 'done') throw new Error('there is something to do');
    expect(history([chooser], qr, required, asked)).toEqual([chooser]);
    expect(history([chooser], asked, { type: 'reauthenticated' }, qr)).toEqual([chooser]);
  });
});

describe('another way', () => {
  test('one other way is taken, several are offered', () => {
    expect(next(otp, events.anotherWayRequested, facts)).toEqual(enterCode);
    const many = factsWith({ enrolled: ['totp', 'passkey', 'recovery'] });
    expect(next(otp, events.anotherWayRequested, many)).toEqual({ name: 'ChooseType', task: 'verify' });
  });

  test('with none the chooser explains', () => {
    expect(next(otp, events.anotherWayRequested, factsWith({ enrolled: ['totp'] }))).toEqual({
      name: 'ChooseType',
      task: 'verify',
    });
  });

  test('a locked way is not walked into', () => {
    const locked = factsWith({ locks: [{ method: 'recovery', lockedUntil: 9 }] });
    expect(next(otp, events.anotherWayRequested, locked)).toEqual({ name: 'ChooseType', task: 'verify' });
    expect(next(screens.ChooseType, events.methodChosen, locked)).toMatchObject({ name: 'Locked', lockedUntil: 9 });
  });

  test('a lock keeps what was interrupted', () => {
    const screen: Screen = { name: 'OtpVerification', then: { name: 'QrCode', isReplacement: true } };
    const locked = next(screen, events.wasLocked, facts) as Screen;
    expect(locked).toEqual({ name: 'Locked', method: 'totp', lockedUntil: 5, retry: screen });
    expect(next(locked, events.lockEnded, facts)).toBe(screen);
    expect(next(locked, events.methodChosen, facts)).toEqual({ name: 'EnterBackupCodes', then: screen.then });
  });

  test('at enrolment there is another way only with a second method', () => {
    expect(next(enrolling, events.anotherWayRequested, facts)).toBe(enrolling);
    const two = factsWith({ allowed: ['passkey', 'totp'], enrolled: [] });
    expect(next(enrolling, events.anotherWayRequested, two)).toMatchObject({ name: 'ChooseType', task: 'enrol' });
  });
});

describe('the way back', () => {
  const qr = screens.QrCode;

  test('walking on leaves the screen behind', () => {
    expect(history([], screens.ChooseType, events.methodChosen, qr)).toEqual([screens.ChooseType]);
    expect(history([screens.ChooseType], qr, events.secretScanned, enrolling)).toEqual([screens.ChooseType, qr]);
  });

  test('a proof cannot be gone back behind', () => {
    expect(history([screens.ChooseType, qr], enrolling, events.verified, pendingCodes)).toEqual([]);
  });

  test('a lock comes and goes in place', () => {
    expect(history([qr], otp, events.wasLocked, screens.Locked)).toEqual([qr]);
    expect(history([qr], screens.Locked, events.lockEnded, otp)).toEqual([qr]);
  });

  test('a screen that asks for a proof by itself is not come back to', () => {
    expect(history([manage], newCodes, events.proofRequired, otp)).toEqual([manage]);
  });

  test('management is come back to without what it was about to do', () => {
    const resume: Screen = { name: 'ManageDevices', resume: { kind: 'newCodes' } };
    expect(history([], resume, events.proofRequired, otp)).toEqual([manage]);
  });

  test('going in circles does not lengthen the way', () => {
    expect(history([otp], screens.ChooseType, events.methodChosen, otp)).toEqual([]);
  });
});

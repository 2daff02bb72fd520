/**
 * The table: which screen follows which event. Pure, and loaded with the interface, never by the hooks alone.
 *
 * Two rules run through it. A weaker method is never started by itself after a stronger one failed: only a person's
 * choice leads there. And a screen that the person has come to by a detour (`then`) is returned to by itself.
 */
import type { Method, Screen, ScreenFacts, ScreenName, ScreenRules, TableEvent } from './screens.js';
import {
  anotherEnrolment,
  anotherWay,
  enrol,
  enrolScreen,
  isEnough,
  isEnrolling,
  newCodes,
  qrCode,
  thenOf,
  verify,
  verifyWith,
} from './ways.js';

type EventOf<TType extends TableEvent['type']> = Extract<TableEvent, { type: TType }>;
type ScreenOf<TName extends ScreenName> = Extract<Screen, { name: TName }>;
type Row<TName extends ScreenName> = {
  [TType in TableEvent['type']]?: (
    screen: ScreenOf<TName>,
    event: EventOf<TType>,
    facts: ScreenFacts,
  ) => Screen | 'done';
};

/** After a proof by a real factor: codes that wait to be saved, then what was interrupted, else the end. */
const afterProof = (
  screen: ScreenOf<'OtpVerification'> | ScreenOf<'PasskeyPrompt'>,
  event: EventOf<'verified'>,
): Screen => {
  if (event.isAcknowledgementPending) {
    const then = screen.then?.name === 'ViewBackupCodes' ? undefined : screen.then;
    return { name: 'ViewBackupCodes', isNewSet: false, then };
  }
  return screen.then ?? { name: 'Success', task: isEnrolling(screen) ? 'enrolled' : 'verified' };
};

/** What every screen answers alike unless its row says otherwise. */
const everyScreen: {
  [TType in TableEvent['type']]?: (screen: Screen, event: EventOf<TType>, facts: ScreenFacts) => Screen;
} = {
  wasLocked: (screen, { method, lockedUntil }) => ({ name: 'Locked', method, lockedUntil, retry: screen }),
  signInAgainRequired: (screen) => ({ name: 'Reauthenticate', then: screen }),
  proofRequired: (_screen, event, facts) => verify(facts, event.then) ?? { name: 'Reauthenticate', then: event.then },
};

const stay = (screen: Screen): Screen => screen;

const enrolmentOf = ({ method = 'totp', isReplacement }: EventOf<'enrolRequested'>, then: Screen): Screen =>
  isReplacement ? qrCode(true, then) : enrolScreen(method, then);

const rows: { [TName in ScreenName]: Row<TName> } = {
  ChooseType: {
    methodChosen: (screen, event, facts) =>
      screen.task === 'enrol' ? enrolScreen(event.method, screen.then) : verifyWith(event.method, facts, screen.then),
    enrolRequested: (screen, event) => qrCode(event.isReplacement, screen.then),
    wasLocked: stay,
  },
  QrCode: {
    secretScanned: (screen, event) => ({
      name: 'OtpVerification',
      deviceId: event.deviceId,
      isReplacement: screen.isReplacement,
      then: screen.then,
    }),
    anotherWayRequested: (screen, _event, facts) => anotherEnrolment(screen, facts),
  },
  OtpVerification: {
    verified: afterProof,
    anotherWayRequested: (screen, _event, facts) =>
      screen.deviceId ? anotherEnrolment(screen, facts) : anotherWay('totp', facts, screen.then),
    // The pending app expired while its code was awaited.
    enrolRequested: (screen, event) => qrCode(event.isReplacement, screen.then),
  },
  // A ceremony that failed or was cancelled is no event: the person stays, and chooses.
  PasskeyPrompt: {
    verified: (screen, event) => {
      const then = afterProof(screen, event);
      return event.passkey ? { name: 'PasskeySaved', passkey: event.passkey, then } : then;
    },
    anotherWayRequested: (screen, _event, facts) =>
      screen.task === 'enrol' ? anotherEnrolment(screen, facts) : anotherWay('passkey', facts, screen.then),
    // The passkey to be made is there already: where it is listed, the person can go on from.
    finished: (screen) => (screen.task === 'enrol' ? { name: 'ManageDevices' } : screen),
  },
  PasskeySaved: {
    passkeyNamed: (screen) => screen.then,
  },
  EnterBackupCodes: {
    verified: (screen, { recoveryCodesLeft: left, mfaToken }) =>
      screen.then ??
      (left === undefined ? { name: 'Success', task: 'verified' } : { name: 'RecoveryUsed', left, mfaToken }),
    anotherWayRequested: (screen, _event, facts) => anotherWay('recovery', facts, screen.then),
  },
  RecoveryUsed: {
    enrolRequested: (_screen, event) => enrolmentOf(event, newCodes()),
    newCodesRequested: () => newCodes(),
    finished: (screen, _event, facts) => {
      // Whoever leaves without a code and without an app is locked out next time.
      if (screen.left === 0) return screen;
      return facts.isAcknowledgementPending ? { name: 'ViewBackupCodes', isNewSet: false } : 'done';
    },
  },
  ViewBackupCodes: {
    codesSaved: (screen) => screen.then ?? { name: 'Success', task: 'codesSaved' },
    newCodesRequested: (screen) => newCodes(screen.then),
    // The set was acknowledged elsewhere: there is nothing to save.
    finished: (screen, _event, facts) => (facts.isAcknowledgementPending ? screen : (screen.then ?? 'done')),
  },
  ManageDevices: {
    enrolRequested: (_screen, event, facts) => {
      const then: Screen = { name: 'ManageDevices' };
      return event.isReplacement || event.method ? enrolmentOf(event, then) : enrol(facts, then);
    },
    newCodesRequested: () => newCodes({ name: 'ManageDevices' }),
    finished: () => 'done',
  },
  Locked: {
    lockEnded: (screen) => screen.retry,
    methodChosen: (screen, event, facts) => verifyWith(event.method, facts, thenOf(screen.retry)),
    anotherWayRequested: (screen, _event, facts) => anotherWay(screen.method, facts, thenOf(screen.retry)),
    wasLocked: (screen, { lockedUntil }) => ({ ...screen, lockedUntil }),
  },
  Reauthenticate: {
    reauthenticated: (screen) => screen.then ?? { name: 'Success', task: 'verified' },
    signInAgainRequired: stay,
  },
  Success: { finished: () => 'done', wasLocked: stay, proofRequired: stay, signInAgainRequired: stay },
};

export const next = (screen: Screen, event: TableEvent, facts: ScreenFacts): Screen | 'done' => {
  // One row's key and its handler's parameters belong together, which the checker cannot follow through two lookups.
  const row = rows[screen.name] as Row<ScreenName>;
  const handler = (row[event.type] ?? everyScreen[event.type]) as
    | ((screen: Screen, event: TableEvent, facts: ScreenFacts) => Screen | 'done')
    | undefined;
  return handler ? handler(screen, event, facts) : screen;
};

/** A proof by one method. Who has not got it is asked for what they have, and who has nothing enrols it first. */
const askFor = (method: Method, facts: ScreenFacts): Screen => {
  if (facts.enrolled.includes(method) && isEnough(method, facts)) return verifyWith(method, facts);
  const hasFactor = facts.enrolled.some((one) => one !== 'recovery');
  return (hasFactor ? verify(facts) : undefined) ?? (isEnough(method, facts) ? enrolScreen(method) : enrol(facts));
};

const named = (name: ScreenName, facts: ScreenFacts): Screen => {
  switch (name) {
    case 'ChooseType':
      return { name, task: facts.enrolled.some((method) => isEnough(method, facts)) ? 'verify' : 'enrol' };
    case 'QrCode':
      return qrCode(false);
    case 'OtpVerification':
      return askFor('totp', facts);
    case 'PasskeyPrompt':
      return askFor('passkey', facts);
    case 'EnterBackupCodes':
      return verifyWith('recovery', facts);
    case 'ViewBackupCodes':
      return { name, isNewSet: false };
    case 'Reauthenticate':
      return { name };
    default:
      // The rest makes no sense without what led to it; management is where a person can go on from.
      return { name: 'ManageDevices' };
  }
};

const first: ScreenRules['first'] = (facts, wanted) => {
  if (wanted) return typeof wanted === 'string' ? named(wanted, facts) : wanted;
  if (facts.request.purpose === 'session' && !facts.isSessionWaiting) {
    return facts.isAcknowledgementPending ? { name: 'ViewBackupCodes', isNewSet: false } : 'done';
  }
  return verify(facts) ?? enrol(facts);
};

/** Events after which the screens before are spent: a code cannot be typed again, a set not saved again. */
const spends = new Set<TableEvent['type']>(['verified', 'passkeyNamed', 'codesSaved', 'finished']);
/** Events by which a screen gives way without the person having gone anywhere. */
const replaces = new Set<TableEvent['type']>(['wasLocked', 'lockEnded', 'reauthenticated']);

export const history: ScreenRules['history'] = (stack, from, event, to) => {
  if (spends.has(event.type)) {
    const isDetour =
      to.name === 'QrCode' || to.name === 'PasskeyPrompt' || (to.name === 'ViewBackupCodes' && to.isNewSet);
    return isDetour ? stack.filter((screen) => screen.name === 'ManageDevices' || screen.name === 'RecoveryUsed') : [];
  }
  // Coming back to a screen that asks by itself for what needs a proof would only lead here again.
  const isAutomatic =
    (event.type === 'proofRequired' || event.type === 'signInAgainRequired') && from.name !== 'ManageDevices';
  const left: Screen = from.name === 'ManageDevices' ? { name: 'ManageDevices' } : from;
  const way = replaces.has(event.type) || isAutomatic ? stack : [...stack, left];
  const known = way.findIndex((screen) => screen.name === to.name);
  return known < 0 ? way : way.slice(0, known);
};

export const screenRules: ScreenRules = { first, next, history };

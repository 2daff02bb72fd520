/**
 * The table: which screen follows which event. Pure, and loaded with the interface, never by the hooks alone.
 *
 * Two rules run through it. A weaker method is never started by itself after a stronger one failed: only a person's
 * choice leads there. And a screen that the person has come to by a detour (`then`) is returned to by itself.
 */
import type { Lock, Method, Screen, ScreenFacts, ScreenName, ScreenRules, TableEvent } from './screens.js';

type EventOf<TType extends TableEvent['type']> = Extract<TableEvent, { type: TType }>;
type ScreenOf<TName extends ScreenName> = Extract<Screen, { name: TName }>;
type Row<TName extends ScreenName> = {
  [TType in TableEvent['type']]?: (
    screen: ScreenOf<TName>,
    event: EventOf<TType>,
    facts: ScreenFacts,
  ) => Screen | 'done';
};

const newCodes = (then?: Screen): Screen => ({ name: 'ViewBackupCodes', isNewSet: true, then });
const qrCode = (isReplacement: boolean, then?: Screen): Screen => ({ name: 'QrCode', isReplacement, then });
const thenOf = (screen: Screen): Screen | undefined => ('then' in screen ? screen.then : undefined);

/** A recovery code proves enough for everything but a change of codes or devices; replacing a lost app is the exception. */
const isRecoveryEnough = (then: Screen | undefined): boolean =>
  then === undefined || then.name === 'QrCode' || (then.name === 'ManageDevices' && then.resume?.kind === 'replace');

/** The methods a screen may offer, best first: those to enrol, or those to verify with on the way to `then`. */
export const waysFor = (screen: Screen, facts: ScreenFacts): readonly Method[] => {
  if (screen.name === 'ChooseType' && screen.task === 'enrol') return enrollable(facts);
  const then = screen.name === 'Locked' ? thenOf(screen.retry) : thenOf(screen);
  return facts.enrolled.filter((method) => method !== 'recovery' || isRecoveryEnough(then));
};

const enrollable = (facts: ScreenFacts): readonly Method[] => facts.allowed.filter((method) => method !== 'recovery');

const enrolScreen = (method: Method, then?: Screen): Screen =>
  method === 'totp' ? qrCode(false, then) : { name: 'ChooseType', task: 'enrol', then };

/** Begins an enrolment; the chooser is skipped when there is nothing to choose. */
const enrol = (facts: ScreenFacts, then?: Screen): Screen => {
  const [only, ...others] = enrollable(facts);
  return only && others.length === 0 ? enrolScreen(only, then) : { name: 'ChooseType', task: 'enrol', then };
};

const lockOf = (method: Method, facts: ScreenFacts): Lock | undefined =>
  facts.locks.find((lock) => lock.method === method);

const verifyWith = (method: Method, facts: ScreenFacts, then?: Screen): Screen => {
  const lock = lockOf(method, facts);
  const screen: Screen =
    method === 'totp'
      ? { name: 'OtpVerification', then }
      : method === 'recovery'
        ? { name: 'EnterBackupCodes', then }
        : { name: 'ChooseType', task: 'verify', then };
  return lock ? { name: 'Locked', ...lock, retry: screen } : screen;
};

/** Begins a verification with the best method, also when it is locked: the person then chooses, not we. */
const verify = (facts: ScreenFacts, then?: Screen): Screen | undefined => {
  const [best] = waysFor({ name: 'ChooseType', task: 'verify', then }, facts);
  return best && verifyWith(best, facts, then);
};

const anotherWay = (current: Method, facts: ScreenFacts, then?: Screen): Screen => {
  const chooser: Screen = { name: 'ChooseType', task: 'verify', then };
  const [only, ...others] = waysFor(chooser, facts).filter((method) => method !== current && !lockOf(method, facts));
  return only && others.length === 0 ? verifyWith(only, facts, then) : chooser;
};

const anotherEnrolment = (screen: Screen, facts: ScreenFacts): Screen =>
  enrollable(facts).length > 1 ? { name: 'ChooseType', task: 'enrol', then: thenOf(screen) } : screen;

/** After a proof by a real factor: codes that wait to be saved, then what was interrupted, else the end. */
const afterProof = (screen: ScreenOf<'OtpVerification'>, event: EventOf<'verified'>): Screen => {
  if (event.isAcknowledgementPending) {
    const then = screen.then?.name === 'ViewBackupCodes' ? undefined : screen.then;
    return { name: 'ViewBackupCodes', isNewSet: false, then };
  }
  return screen.then ?? { name: 'Success', task: screen.deviceId ? 'enrolled' : 'verified' };
};

/** What every screen answers alike unless its row says otherwise. */
const everyScreen: {
  [TType in TableEvent['type']]?: (screen: Screen, event: EventOf<TType>, facts: ScreenFacts) => Screen;
} = {
  wasLocked: (screen, { method, lockedUntil }) => ({ name: 'Locked', method, lockedUntil, retry: screen }),
  signInAgainRequired: () => ({ name: 'SignInAgain' }),
  proofRequired: (_screen, event, facts) => verify(facts, event.then) ?? { name: 'SignInAgain' },
};

const stay = (screen: Screen): Screen => screen;

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
  EnterBackupCodes: {
    verified: (screen, { recoveryCodesLeft: left, mfaToken }) =>
      screen.then ??
      (left === undefined ? { name: 'Success', task: 'verified' } : { name: 'RecoveryUsed', left, mfaToken }),
    anotherWayRequested: (screen, _event, facts) => anotherWay('recovery', facts, screen.then),
  },
  RecoveryUsed: {
    enrolRequested: (_screen, { isReplacement }) => qrCode(isReplacement, newCodes()),
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
      return event.isReplacement ? qrCode(true, then) : enrol(facts, then);
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
  SignInAgain: {},
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

const named = (name: ScreenName, facts: ScreenFacts): Screen => {
  switch (name) {
    case 'ChooseType':
      return { name, task: facts.enrolled.length > 0 ? 'verify' : 'enrol' };
    case 'QrCode':
      return qrCode(false);
    case 'OtpVerification':
      // Without an app there is no code to type: the way there begins with enrolling one.
      return facts.enrolled.includes('totp') ? verifyWith('totp', facts) : enrol(facts);
    case 'EnterBackupCodes':
      return verifyWith('recovery', facts);
    case 'ViewBackupCodes':
      return { name, isNewSet: false };
    case 'SignInAgain':
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
const spends = new Set<TableEvent['type']>(['verified', 'codesSaved', 'signInAgainRequired', 'finished']);
/** Events by which a screen gives way without the person having gone anywhere. */
const replaces = new Set<TableEvent['type']>(['wasLocked', 'lockEnded']);

export const history: ScreenRules['history'] = (stack, from, event, to) => {
  if (spends.has(event.type)) {
    const isDetour = to.name === 'QrCode' || (to.name === 'ViewBackupCodes' && to.isNewSet);
    return isDetour ? stack.filter((screen) => screen.name === 'ManageDevices' || screen.name === 'RecoveryUsed') : [];
  }
  // Coming back to a screen that asks by itself for what needs a proof would only lead here again.
  const isAutomatic = event.type === 'proofRequired' && from.name !== 'ManageDevices';
  const left: Screen = from.name === 'ManageDevices' ? { name: 'ManageDevices' } : from;
  const way = replaces.has(event.type) || isAutomatic ? stack : [...stack, left];
  const known = way.findIndex((screen) => screen.name === to.name);
  return known < 0 ? way : way.slice(0, known);
};

export const screenRules: ScreenRules = { first, next, history };

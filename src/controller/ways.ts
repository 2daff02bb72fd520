/**
 * Which methods a person can be offered, and the screen that each of them begins with. Pure, like the table it serves.
 */
import type { ActionLevel } from '../wire/actions.js';
import type { Lock, Method, Screen, ScreenFacts } from './screens.js';

export const newCodes = (then?: Screen): Screen => ({ name: 'ViewBackupCodes', isNewSet: true, then });
export const qrCode = (isReplacement: boolean, then?: Screen): Screen => ({ name: 'QrCode', isReplacement, then });
export const thenOf = (screen: Screen): Screen | undefined => ('then' in screen ? screen.then : undefined);

const levels: readonly ActionLevel[] = ['recovery', 'factor', 'phr'];
const levelOf: Readonly<Record<Method, ActionLevel>> = { recovery: 'recovery', totp: 'factor', passkey: 'phr' };

export const isAtLeast = (level: ActionLevel, minLevel: ActionLevel): boolean =>
  levels.indexOf(level) >= levels.indexOf(minLevel);

/** Whether a proof by this method is enough for what the request is about. */
export const isEnough = (method: Method, { minLevel }: ScreenFacts): boolean => isAtLeast(levelOf[method], minLevel);

/** A recovery code proves enough for everything but a change of codes or devices; what stands in for a lost one is the exception. */
const isRecoveryEnough = (then: Screen): boolean => {
  switch (then.name) {
    case 'QrCode':
      return then.isReplacement;
    case 'PasskeyPrompt':
      return then.task === 'enrol';
    default:
      return then.name === 'ManageDevices' && then.resume?.kind === 'replace';
  }
};

export const isEnrolling = (screen: Screen): boolean =>
  screen.name === 'QrCode' ||
  (screen.name === 'OtpVerification' && screen.deviceId !== undefined) ||
  ((screen.name === 'ChooseType' || screen.name === 'PasskeyPrompt') && screen.task === 'enrol');

/** The methods a screen may offer, best first: those to enrol, or those to verify with on the way to `then`. */
export const waysFor = (screen: Screen, facts: ScreenFacts): readonly Method[] => {
  if (isEnrolling(screen)) return enrollable(facts);
  const then = screen.name === 'Locked' ? thenOf(screen.retry) : thenOf(screen);
  return facts.enrolled.filter((method) =>
    // On the way to something else it is that which sets how much is enough.
    then ? method !== 'recovery' || isRecoveryEnough(then) : isEnough(method, facts),
  );
};

const isPossible = (method: Method, facts: ScreenFacts): boolean => !facts.unsupported.includes(method);

/** What can be added, and is strong enough then: one authenticator app, and a passkey for each device. */
const enrollable = (facts: ScreenFacts): readonly Method[] =>
  facts.allowed.filter(
    (method) =>
      isEnough(method, facts) && (method === 'passkey' || (method === 'totp' && !facts.enrolled.includes(method))),
  );

export const enrolScreen = (method: Method, then?: Screen): Screen => {
  switch (method) {
    case 'totp':
      return qrCode(false, then);
    case 'passkey':
      return { name: 'PasskeyPrompt', task: 'enrol', then };
    case 'recovery':
      return newCodes(then);
  }
};

/** Begins an enrolment; the chooser is skipped when there is nothing to choose. */
export const enrol = (facts: ScreenFacts, then?: Screen): Screen => {
  const [only, ...others] = enrollable(facts).filter((method) => isPossible(method, facts));
  return only && others.length === 0 ? enrolScreen(only, then) : { name: 'ChooseType', task: 'enrol', then };
};

const lockOf = (method: Method, facts: ScreenFacts): Lock | undefined =>
  facts.locks.find((lock) => lock.method === method);

const verifyScreen = (method: Method, then?: Screen): Screen => {
  switch (method) {
    case 'totp':
      return { name: 'OtpVerification', then };
    case 'passkey':
      return { name: 'PasskeyPrompt', task: 'verify', then };
    case 'recovery':
      return { name: 'EnterBackupCodes', then };
  }
};

export const verifyWith = (method: Method, facts: ScreenFacts, then?: Screen): Screen => {
  const lock = lockOf(method, facts);
  const screen = verifyScreen(method, then);
  return lock ? { name: 'Locked', ...lock, retry: screen } : screen;
};

/**
 * Begins a verification with the best method this browser can do, also when it is locked: the person then chooses, not
 * we. Nor are recovery codes begun by themselves beside something better, which only this browser cannot do.
 */
export const verify = (facts: ScreenFacts, then?: Screen): Screen | undefined => {
  const chooser: Screen = { name: 'ChooseType', task: 'verify', then };
  const ways = waysFor(chooser, facts);
  const best = ways.find((method) => isPossible(method, facts));
  if (best && (best !== 'recovery' || ways.length === 1)) return verifyWith(best, facts, then);
  return ways.length > 0 ? chooser : undefined;
};

/** Where nothing the person has is strong enough any more, the other way is to enrol what is. */
export const anotherWay = (current: Method, facts: ScreenFacts, then?: Screen): Screen => {
  const chooser: Screen = { name: 'ChooseType', task: 'verify', then };
  const ways = waysFor(chooser, facts);
  if (ways.length === 0) return enrol(facts, then);
  const [only, ...others] = ways.filter(
    (method) => method !== current && isPossible(method, facts) && !lockOf(method, facts),
  );
  return only && others.length === 0 ? verifyWith(only, facts, then) : chooser;
};

export const anotherEnrolment = (screen: Screen, facts: ScreenFacts): Screen =>
  enrollable(facts).length > 1 ? { name: 'ChooseType', task: 'enrol', then: thenOf(screen) } : screen;

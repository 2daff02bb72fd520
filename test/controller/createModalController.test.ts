import { describe, expect, test, vi } from 'vitest';
import { MfaCancelledError, MfaNetworkError } from '../../src/client/errors.js';
import { createModalController } from '../../src/controller/createModalController.js';
import { createModalEngine } from '../../src/controller/createModalEngine.js';
import type { ModalEvent } from '../../src/controller/modalDesk.js';
import type { FactSource, PromptRequest, Screen, ScreenFacts, ScreenName } from '../../src/controller/screens.js';
import { screenRules } from '../../src/controller/transitions.js';

const factsFor = (request: PromptRequest): ScreenFacts => ({
  allowed: ['totp', 'recovery'],
  unsupported: [],
  enrolled: ['totp', 'recovery'],
  locks: [],
  isSessionWaiting: true,
  isAcknowledgementPending: false,
  minLevel: 'recovery',
  request,
});
const known: FactSource = { peek: factsFor, load: async (request) => factsFor(request) };

interface Options {
  source?: FactSource;
  loadInterface?: () => Promise<unknown> | undefined;
  isBusy?: () => boolean;
  isAttached?: boolean;
}

const start = ({ source = known, loadInterface, isBusy = () => false, isAttached = true }: Options = {}) => {
  const controller = createModalController(loadInterface ?? (() => undefined));
  const attach = (facts = source) =>
    controller.attach((desk) => createModalEngine(desk, { rules: screenRules, facts, isBusy }));
  const events: ModalEvent[] = [];
  controller.on((event) => events.push(event));
  if (isAttached) attach();
  return { controller, events, attach, screen: () => controller.getSnapshot().screen };
};

const action: PromptRequest = { purpose: 'action' };
const verified = { type: 'verified', method: 'totp', isAcknowledgementPending: false } as const;
/** What became of a promise, without an unhandled rejection in between. */
const outcome = (promise: Promise<unknown>) => {
  const spy = vi.fn();
  promise.then(
    (value) => spy('resolved', value),
    (error: unknown) => spy('rejected', error),
  );
  return spy;
};
const microtasks = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('a prompt', () => {
  test('resolves with the token of the proof, once, and closes by itself', async () => {
    const { controller, screen, events } = start();
    const settled = outcome(controller.prompt({ ...action, createMfaToken: { singleUse: true } }));
    expect(screen()).toEqual({ name: 'OtpVerification' });
    controller.send({ ...verified, mfaToken: 'mfa_1' });
    controller.send({ ...verified, mfaToken: 'mfa_2' });
    expect(screen()?.name).toBe('Success');
    await microtasks();
    expect(settled.mock.calls).toEqual([['resolved', 'mfa_1']]);
    controller.send({ type: 'finished' });
    expect(controller.getSnapshot().request).toBeNull();
    expect(events).toEqual(['authFlowOpen', 'authFlowClose']);
  });

  test('covers enrolling and saving codes before it resolves', async () => {
    const nothing = (request: PromptRequest) => ({ ...factsFor(request), enrolled: [] });
    const { controller, screen } = start({ source: { peek: nothing, load: async (request) => nothing(request) } });
    const settled = outcome(controller.prompt({ ...action, createMfaToken: { singleUse: true } }));
    expect(screen()).toMatchObject({ name: 'QrCode' });
    controller.send({ type: 'secretScanned', deviceId: 'd1' });
    expect(screen()).toMatchObject({ name: 'OtpVerification', deviceId: 'd1' });
    controller.send({ ...verified, isAcknowledgementPending: true });
    expect(screen()).toMatchObject({ name: 'ViewBackupCodes', isNewSet: false });
    await microtasks();
    expect(settled).not.toHaveBeenCalled();
    controller.send({ type: 'codesSaved', mfaToken: 'mfa_1' });
    await microtasks();
    expect(settled.mock.calls).toEqual([['resolved', 'mfa_1']]);
  });

  test('a recovery code fulfils it at once, though its screen stays up', async () => {
    const { controller, screen } = start();
    const settled = outcome(controller.prompt(action));
    controller.send({ type: 'anotherWayRequested' });
    controller.send({ ...verified, method: 'recovery', recoveryCodesLeft: 2, mfaToken: 'mfa_1' });
    await microtasks();
    expect(screen()).toMatchObject({ name: 'RecoveryUsed', left: 2 });
    expect(settled.mock.calls).toEqual([['resolved', 'mfa_1']]);
  });

  test('closing what is fulfilled rejects nothing and is no cancellation', async () => {
    const { controller, events } = start();
    const settled = outcome(controller.prompt(action));
    controller.send(verified);
    controller.close('escape');
    await microtasks();
    expect(settled.mock.calls).toEqual([['resolved', undefined]]);
    expect(events).toEqual(['authFlowOpen', 'authFlowClose']);
  });
});

describe('closing', () => {
  const everyScreen: { [TName in ScreenName]: Screen } = {
    ChooseType: { name: 'ChooseType', task: 'enrol' },
    QrCode: { name: 'QrCode', isReplacement: false },
    OtpVerification: { name: 'OtpVerification' },
    PasskeyPrompt: { name: 'PasskeyPrompt', task: 'verify' },
    PasskeySaved: {
      name: 'PasskeySaved',
      passkey: { id: 'p1', credentialId: 'c1', createdAt: '2026-01-31T09:00:00Z' },
      then: { name: 'ViewBackupCodes', isNewSet: false },
    },
    EnterBackupCodes: { name: 'EnterBackupCodes' },
    RecoveryUsed: { name: 'RecoveryUsed', left: 3 },
    ViewBackupCodes: { name: 'ViewBackupCodes', isNewSet: false },
    ManageDevices: { name: 'ManageDevices' },
    Locked: { name: 'Locked', method: 'totp', lockedUntil: 1, retry: { name: 'OtpVerification' } },
    Reauthenticate: { name: 'Reauthenticate' },
    Success: { name: 'Success', task: 'verified' },
  };
  const fulfilled = new Set<ScreenName>(['RecoveryUsed', 'Success']);

  test.each(Object.values(everyScreen).filter(({ name }) => !fulfilled.has(name)))(
    'at $name rejects with its reason, and it opens again',
    async (wanted) => {
      const { controller, screen, events } = start();
      const settled = outcome(controller.show(wanted));
      expect(screen()).toEqual(wanted);
      controller.close('escape');
      await microtasks();
      const [, error] = settled.mock.calls[0] as [string, MfaCancelledError];
      expect(error).toBeInstanceOf(MfaCancelledError);
      expect(error).toMatchObject({ code: 'cancelled', reason: 'escape', message: 'MFA view closed' });
      expect(controller.getSnapshot()).toMatchObject({ request: null, screen: null, canGoBack: false });
      expect(events).toEqual(['authFlowOpen', 'authFlowClose', 'authFlowCancelled']);
      controller.show(wanted).catch(() => undefined);
      expect(screen()).toEqual(wanted);
      expect(settled).toHaveBeenCalledTimes(1);
    },
  );

  test('with nothing up does nothing', () => {
    const { controller, events } = start();
    controller.close('cancelled');
    controller.send(verified);
    controller.back();
    expect(events).toEqual([]);
  });
});

describe('several requests', () => {
  test('a different one waits its turn', async () => {
    const { controller } = start();
    const first = outcome(controller.prompt({ ...action, action: 'a' }));
    const second = outcome(controller.prompt({ ...action, action: 'b' }));
    expect(controller.getSnapshot().request?.action).toBe('a');
    controller.close('cancelled');
    await microtasks();
    expect(first).toHaveBeenCalledWith('rejected', expect.any(MfaCancelledError));
    expect(second).not.toHaveBeenCalled();
    expect(controller.getSnapshot().request?.action).toBe('b');
    controller.send(verified);
    await microtasks();
    expect(second).toHaveBeenCalledWith('resolved', undefined);
  });

  test('the same one, asked for twice, is one prompt and settles both', async () => {
    const { controller } = start();
    const both = [outcome(controller.prompt(action)), outcome(controller.prompt(action))];
    controller.send(verified);
    controller.send({ type: 'finished' });
    await microtasks();
    expect(both.map(({ mock }) => mock.calls)).toEqual([[['resolved', undefined]], [['resolved', undefined]]]);
    expect(controller.getSnapshot().request).toBeNull();
  });

  test('single-use tokens are never shared', async () => {
    const { controller } = start();
    const request: PromptRequest = { ...action, createMfaToken: { singleUse: true } };
    const first = outcome(controller.prompt(request));
    const second = outcome(controller.prompt(request));
    controller.send({ ...verified, mfaToken: 'mfa_1' });
    controller.send({ type: 'finished' });
    controller.send({ ...verified, mfaToken: 'mfa_2' });
    await microtasks();
    expect([first.mock.calls[0], second.mock.calls[0]]).toEqual([
      ['resolved', 'mfa_1'],
      ['resolved', 'mfa_2'],
    ]);
  });

  test('a screen opened by name gives way to another, a prompt does not', async () => {
    const { controller, screen } = start();
    const manage = outcome(controller.show('ManageDevices'));
    controller.show('EnterBackupCodes').catch(() => undefined);
    await microtasks();
    expect(manage).toHaveBeenCalledWith('rejected', expect.objectContaining({ reason: 'replaced' }));
    expect(screen()).toEqual({ name: 'EnterBackupCodes' });
    controller.close('cancelled');
    controller.prompt(action).catch(() => undefined);
    const waiting = outcome(controller.show('ManageDevices'));
    await microtasks();
    expect(screen()).toEqual({ name: 'OtpVerification' });
    expect(waiting).not.toHaveBeenCalled();
  });

  test('signing out settles everything', async () => {
    const { controller, screen } = start();
    const all = [action, { ...action, action: 'b' }, { ...action, action: 'c' }].map((request) =>
      outcome(controller.prompt(request)),
    );
    controller.reset('loggedOut');
    await microtasks();
    for (const settled of all) {
      expect(settled.mock.calls).toEqual([['rejected', expect.objectContaining({ reason: 'loggedOut' })]]);
    }
    expect(screen()).toBeNull();
    expect(controller.getSnapshot().request).toBeNull();
  });
});

describe('going back', () => {
  test('leads the way that was come, and says so', () => {
    const { controller, screen } = start();
    controller.show({ name: 'QrCode', isReplacement: false }).catch(() => undefined);
    expect(controller.getSnapshot().canGoBack).toBe(false);
    controller.send({ type: 'secretScanned', deviceId: 'd1' });
    expect(controller.getSnapshot()).toMatchObject({ direction: 'forward', canGoBack: true });
    controller.send({ type: 'wentBack' });
    expect(screen()).toEqual({ name: 'QrCode', isReplacement: false });
    expect(controller.getSnapshot()).toMatchObject({ direction: 'back', canGoBack: false });
  });
});

describe('an interface that is loaded on demand', () => {
  test('the prompt waits for it, and StrictMode attaching twice opens once', async () => {
    const loadInterface = vi.fn(() => Promise.resolve());
    const load = vi.fn(known.load);
    const source: FactSource = { peek: () => undefined, load };
    const { controller, screen, events, attach } = start({ loadInterface, isAttached: false });
    controller.prompt(action).catch(() => undefined);
    expect(loadInterface).toHaveBeenCalledTimes(1);
    expect(screen()).toBeNull();
    attach(source)();
    attach(source);
    await microtasks();
    expect(screen()).toEqual({ name: 'OtpVerification' });
    expect(events).toEqual(['authFlowOpen']);
  });

  test('when it cannot be loaded the promise says so, and the next prompt tries again', async () => {
    const failure = new Error('chunk');
    const loadInterface = vi.fn(() => Promise.reject(failure));
    const { controller, events } = start({ loadInterface, isAttached: false });
    await expect(controller.prompt(action)).rejects.toBe(failure);
    await expect(controller.prompt(action)).rejects.toBe(failure);
    expect(loadInterface).toHaveBeenCalledTimes(2);
    expect(events).toEqual([]);
  });

  test('without one a prompt is refused instead of waiting for ever', async () => {
    const { controller } = start({ isAttached: false });
    await expect(controller.prompt(action)).rejects.toMatchObject({ code: 'not_supported' });
  });

  test('facts that cannot be read are told to the interface, which tries again', async () => {
    const load = vi.fn(known.load).mockRejectedValueOnce(new MfaNetworkError());
    const { controller, screen } = start({ source: { peek: () => undefined, load } });
    controller.prompt(action).catch(() => undefined);
    await microtasks();
    expect(controller.getSnapshot()).toMatchObject({ screen: null, error: { code: 'network_error' } });
    controller.retry();
    await microtasks();
    expect(controller.getSnapshot().error).toBeUndefined();
    expect(screen()).toEqual({ name: 'OtpVerification' });
  });

  test('subscribers hear every change until they leave', () => {
    const { controller } = start();
    const listener = vi.fn();
    const stop = controller.subscribe(listener);
    controller.prompt(action).catch(() => undefined);
    const heard = listener.mock.calls.length;
    expect(heard).toBeGreaterThan(0);
    const snapshot = controller.getSnapshot();
    expect(controller.getSnapshot()).toBe(snapshot);
    stop();
    controller.close('cancelled');
    expect(listener).toHaveBeenCalledTimes(heard);
  });
});

describe('a session that waits', () => {
  test('opens the interface once per time it waits', async () => {
    const { controller, events } = start();
    controller.setPending(true);
    controller.setPending(true);
    await microtasks();
    expect(controller.getSnapshot().request).toEqual({ purpose: 'session' });
    controller.close('cancelled');
    controller.setPending(true);
    await microtasks();
    expect(controller.getSnapshot().request).toBeNull();
    controller.setPending(false);
    await microtasks();
    controller.setPending(true);
    await microtasks();
    expect(controller.getSnapshot().request).toEqual({ purpose: 'session' });
    expect(events).toEqual(['authFlowOpen', 'authFlowClose', 'authFlowCancelled', 'authFlowOpen']);
  });

  test('a handler runs in place of the interface; of several the last one; once', async () => {
    const { controller, events } = start();
    const first = vi.fn();
    const last = vi.fn();
    controller.setPending(true);
    controller.handle(first);
    const leave = controller.handle(last);
    await microtasks();
    leave();
    controller.handle(last);
    await microtasks();
    expect(first).not.toHaveBeenCalled();
    expect(last).toHaveBeenCalledTimes(1);
    expect(events).toEqual([]);
  });

  test('a handler that comes later takes over from the interface', async () => {
    const { controller } = start();
    const handler = vi.fn();
    controller.setPending(true);
    await microtasks();
    controller.handle(handler);
    await microtasks();
    expect(handler).toHaveBeenCalledTimes(1);
    expect(controller.getSnapshot().request).toBeNull();
  });

  test('signing out and in again runs the handler again', async () => {
    const { controller } = start();
    const handler = vi.fn();
    controller.handle(handler);
    controller.setPending(true);
    await microtasks();
    controller.reset('loggedOut');
    controller.setPending(true);
    await microtasks();
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test('satisfied in another tab, it closes without a word of failure', async () => {
    const { controller, events } = start();
    controller.setPending(true);
    await microtasks();
    controller.setPending(false);
    await microtasks();
    expect(controller.getSnapshot().request).toBeNull();
    expect(events).toEqual(['authFlowOpen', 'authFlowClose']);
  });

  test('satisfied here, the screen that did it is left to tell its success', async () => {
    let isBusy = true;
    const { controller, screen } = start({ isBusy: () => isBusy });
    controller.setPending(true);
    await microtasks();
    controller.setPending(false);
    await microtasks();
    isBusy = false;
    controller.send(verified);
    expect(screen()).toEqual({ name: 'Success', task: 'verified' });
  });

  test('satisfied by a passkey made here, its name can be changed in peace, and closing is no failure', async () => {
    const passkey = { id: 'p1', credentialId: 'c1', createdAt: '2026-01-31T09:00:00Z' };
    const { controller, screen } = start();
    const settled = outcome(controller.show({ name: 'PasskeyPrompt', task: 'enrol' }));
    controller.send({ ...verified, method: 'passkey', passkey, mfaToken: 'mfa_1' });
    expect(screen()).toMatchObject({ name: 'PasskeySaved', passkey });
    await microtasks();
    expect(settled.mock.calls).toEqual([['resolved', 'mfa_1']]);
    controller.close('cancelled');
    expect(screen()).toBeNull();
  });

  test('one that has become superfluous while it waited its turn never shows', async () => {
    const facts = (request: PromptRequest) => ({ ...factsFor(request), isSessionWaiting: false });
    const { controller, events } = start({ source: { peek: facts, load: async (request) => facts(request) } });
    controller.show('ManageDevices').catch(() => undefined);
    controller.setPending(true);
    await microtasks();
    controller.close('cancelled');
    expect(controller.getSnapshot().request).toBeNull();
    expect(events).toEqual(['authFlowOpen', 'authFlowClose', 'authFlowCancelled']);
  });
});

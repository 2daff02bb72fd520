/** Threat C-07: many protected calls at once; prompts that pile up, a token for two, a call that waits for ever. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { MfaError } from '../../src/client/errors.js';
import { createModalController, type ModalController } from '../../src/controller/createModalController.js';
import { createModalEngine } from '../../src/controller/createModalEngine.js';
import type { FactSource, PromptRequest, ScreenFacts } from '../../src/controller/screens.js';
import { takeTurn } from '../../src/controller/takeTurn.js';
import { screenRules } from '../../src/controller/transitions.js';
import { askOf } from '../../src/hooks/askOf.js';

const factsFor = (request: PromptRequest): ScreenFacts => ({
  allowed: ['totp', 'recovery'],
  unsupported: [],
  enrolled: ['totp', 'recovery'],
  locks: [],
  isSessionWaiting: false,
  isAcknowledgementPending: false,
  minLevel: 'recovery',
  request,
});
const facts: FactSource = { peek: factsFor, load: async (request) => factsFor(request) };

const start = (lockName?: string) => {
  let isBusy = false;
  const controller = createModalController(
    () => undefined,
    lockName ? (begin) => takeTurn(lockName, begin) : undefined,
  );
  controller.attach((desk) => createModalEngine(desk, { rules: screenRules, facts, isBusy: () => isBusy }));
  const busy = (now: boolean) => {
    isBusy = now;
  };
  return { controller, busy };
};

const single: PromptRequest = { purpose: 'action', action: 'send', createMfaToken: { singleUse: true } };
const lasting: PromptRequest = { purpose: 'action', action: 'look', createMfaToken: { singleUse: false } };
const bound = (amount: number): PromptRequest => ({ ...single, payload: { amount } });
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

let made = 0;
/** The person proves what is up; a server makes as many tokens as it is asked for. */
const prove = async ({ getSnapshot, send }: ModalController, method: 'totp' | 'recovery' = 'totp', given = 10) => {
  const { request } = getSnapshot();
  if (!request) throw new Error('Nothing is up.');
  const { count = 1 } = askOf(request, method).createMfaToken ?? {};
  const mfaTokens = times(Math.min(count, given), () => `mfa_${made++}`);
  if (method === 'recovery') send({ type: 'anotherWayRequested' });
  send({ type: 'verified', method, isAcknowledgementPending: false, mfaToken: mfaTokens[0], mfaTokens });
  send({ type: 'finished' });
  await turns();
};
/** Proves until nothing is up any more, and says how many calls each prompt stood for. */
const proveAll = async (controller: ModalController, given?: number): Promise<number[]> => {
  const prompts: number[] = [];
  for (let request = controller.getSnapshot().request; request; request = controller.getSnapshot().request) {
    prompts.push(request.count ?? 1);
    await prove(controller, 'totp', given);
  }
  return prompts;
};

describe('fifty calls at once', () => {
  test('for what lasts: one prompt, one token', async () => {
    const { controller } = start();
    const calls = times(50, () => controller.prompt(lasting));
    expect(await proveAll(controller)).toEqual([50]);
    expect(new Set(await Promise.all(calls)).size).toBe(1);
  });

  test('for a single use: five prompts that say ten each, and a token each', async () => {
    const { controller } = start();
    const calls = times(50, () => controller.prompt(single));
    expect(await proveAll(controller)).toEqual([10, 10, 10, 10, 10]);
    expect(new Set(await Promise.all(calls)).size).toBe(50);
  });

  test('bound to a payload: a prompt each, in turn', async () => {
    const { controller } = start();
    const calls = times(50, () => controller.prompt(bound(1)));
    expect(await proveAll(controller)).toEqual(times(50, () => 1));
    expect(new Set(await Promise.all(calls)).size).toBe(50);
  });

  test('bound to a payload only the server knows: a prompt each as well', async () => {
    const { controller } = start();
    const calls = times(3, (index) => controller.prompt({ ...single, challengeId: `c${index}` }));
    expect(await proveAll(controller)).toEqual([1, 1, 1]);
    expect(new Set(await Promise.all(calls)).size).toBe(3);
  });

  test('mixed: each kind in its own prompt, in the order they came', async () => {
    const { controller } = start();
    const order: string[] = [];
    const calls = [single, lasting, single, bound(1), lasting].map((request) => controller.prompt(request));
    controller.subscribe(() => {
      const { request } = controller.getSnapshot();
      const what = `${request?.action}${request?.payload ? ' bound' : ''}`;
      if (request && order.at(-1) !== what) order.push(what);
    });
    await proveAll(controller);
    await Promise.all(calls);
    expect(order).toEqual(['send', 'look', 'send bound']);
  });
});

describe('who comes later', () => {
  test('joins while no proof was sent, and the prompt says so', async () => {
    const { controller } = start();
    const first = controller.prompt(single);
    const { screen } = controller.getSnapshot();
    expect(controller.getSnapshot().request?.count).toBeUndefined();
    const second = controller.prompt({ ...single, summary: 'in other words' });
    expect(controller.getSnapshot()).toMatchObject({ request: { count: 2 } });
    expect(controller.getSnapshot().screen).toBe(screen);
    await prove(controller);
    expect(await first).not.toBe(await second);
  });

  test.each(['while a proof is on its way', 'after one was accepted'])('waits for the next prompt %s', async (when) => {
    const { controller, busy } = start();
    const first = controller.prompt(single);
    if (when.startsWith('while')) busy(true);
    else controller.send({ type: 'verified', method: 'totp', isAcknowledgementPending: true });
    const second = controller.prompt(single);
    expect(controller.getSnapshot().request?.count).toBeUndefined();
    busy(false);
    if (when.startsWith('after')) {
      controller.send({ type: 'codesSaved', mfaToken: 'mfa_saved' });
      controller.send({ type: 'finished' });
    }
    await proveAll(controller);
    expect(await first).not.toBe(await second);
  });

  test('of what lasts shares even then', async () => {
    const { controller, busy } = start();
    const first = controller.prompt(lasting);
    busy(true);
    const second = controller.prompt(lasting);
    await prove(controller);
    expect(await first).toBe(await second);
  });
});

describe('every call settles', () => {
  test('when the server makes fewer tokens than were asked for', async () => {
    const { controller } = start();
    const calls = times(4, () => controller.prompt(single));
    expect(await proveAll(controller, 1)).toEqual([4, 3, 2, 1]);
    expect(new Set(await Promise.all(calls)).size).toBe(4);
  });

  test('when a recovery code stands in for a proof that lasts: a token each', async () => {
    const { controller } = start();
    const calls = times(12, () => controller.prompt(lasting));
    await prove(controller, 'recovery');
    expect(controller.getSnapshot().request?.count).toBe(2);
    await prove(controller);
    const tokens = await Promise.all(calls);
    expect(new Set(tokens.slice(0, 10)).size).toBe(10);
    expect(tokens[10]).toBe(tokens[11]);
  });

  test('when the prompt is closed: those who wait for it, and nobody else', async () => {
    const { controller } = start();
    const calls = [single, single, lasting].map((request) => controller.prompt(request));
    controller.close('escape');
    expect(await Promise.allSettled(calls.slice(0, 2))).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'cancelled', reason: 'escape' }) },
      { status: 'rejected', reason: expect.objectContaining({ code: 'cancelled', reason: 'escape' }) },
    ]);
    await prove(controller);
    expect(await calls[2]).toMatch(/^mfa_/);
  });

  test('when the session ends: all of them', async () => {
    const { controller } = start();
    const calls = [...times(12, () => controller.prompt(single)), controller.prompt(bound(1))];
    controller.reset('loggedOut');
    const settled = await Promise.allSettled(calls);
    expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(controller.getSnapshot().request).toBeNull();
  });

  test('when what is up cannot be proven any more', async () => {
    const { controller } = start();
    const [first, second] = [controller.prompt(bound(1)), controller.prompt(bound(2))];
    controller.fail(new MfaError('mfa_challenge_expired'));
    await expect(first).rejects.toMatchObject({ code: 'mfa_challenge_expired' });
    await prove(controller);
    expect(await second).toMatch(/^mfa_/);
  });
});

describe('a caller who gives up', () => {
  test('leaves the others, and the prompt counts one less', async () => {
    const { controller } = start();
    const leaving = new AbortController();
    const gone = controller.prompt(single, leaving.signal);
    const stays = controller.prompt(single);
    leaving.abort();
    await expect(gone).rejects.toMatchObject({ reason: 'aborted' });
    expect(controller.getSnapshot().request).toMatchObject({ action: 'send' });
    expect(controller.getSnapshot().request?.count).toBeUndefined();
    await prove(controller);
    expect(await stays).toMatch(/^mfa_/);
  });

  test('takes the prompt along as the last one, and one that waits its turn without a trace', async () => {
    const { controller } = start();
    const leaving = new AbortController();
    const up = controller.prompt(lasting, leaving.signal);
    const waiting = controller.prompt(single, leaving.signal);
    leaving.abort();
    await expect(up).rejects.toMatchObject({ reason: 'aborted' });
    await expect(waiting).rejects.toMatchObject({ reason: 'aborted' });
    expect(controller.getSnapshot().request).toBeNull();
    await expect(controller.prompt(single, leaving.signal)).rejects.toMatchObject({ reason: 'aborted' });
    expect(controller.getSnapshot().request).toBeNull();
  });
});

/** Locks as the platform describes them (Web Locks §3), for exclusive requests with a signal: shared by all tabs. */
const installLocks = () => {
  const held: string[] = [];
  const queue: { begin: () => void; isGone: boolean }[] = [];
  const serve = () => {
    while (queue[0]?.isGone) queue.shift();
    if (held.length === 0) queue.shift()?.begin();
  };
  const request = (name: string, { signal }: { signal: AbortSignal }, run: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const entry = {
        isGone: false,
        begin: () => {
          held.push(name);
          void run()
            .then(resolve, reject)
            .finally(() => {
              held.pop();
              serve();
            });
        },
      };
      signal.addEventListener('abort', () => {
        if (!queue.includes(entry)) return;
        entry.isGone = true;
        reject(signal.reason);
      });
      queue.push(entry);
      queueMicrotask(serve);
    });
  vi.stubGlobal('navigator', { locks: { request } });
  onTestFinished(() => void vi.unstubAllGlobals());
  return held;
};

describe('two tabs', () => {
  const upIn = (tabs: ModalController[]) => tabs.filter((tab) => tab.getSnapshot().request !== null);
  const open = () => {
    const held = installLocks();
    const tabs = times(2, () => start('mfa-kit:prompt:e').controller);
    return { held, tabs };
  };

  test.each([
    ['what lasts', lasting, [5, 5]],
    ['a single use', single, [5, 5]],
  ] as const)('with five calls each for %s: one prompt at a time', async (_, request, expected) => {
    const { tabs, held } = open();
    const calls = tabs.flatMap((tab) => times(5, () => tab.prompt(request)));
    await turns();
    const prompts: number[] = [];
    for (let [tab, other] = upIn(tabs); tab; [tab, other] = upIn(tabs)) {
      expect(other).toBeUndefined();
      expect(held).toEqual(['mfa-kit:prompt:e']);
      prompts.push(tab.getSnapshot().request?.count ?? 1);
      await prove(tab);
    }
    expect(prompts).toEqual(expected);
    await Promise.all(calls);
    expect(held).toEqual([]);
  });

  test('with five bound calls each they take turns', async () => {
    const { tabs } = open();
    const calls = tabs.flatMap((tab) => times(5, (index) => tab.prompt(bound(index))));
    await turns();
    const order: number[] = [];
    for (let [tab, other] = upIn(tabs); tab; [tab, other] = upIn(tabs)) {
      expect(other).toBeUndefined();
      order.push(tabs.indexOf(tab));
      await prove(tab);
    }
    expect(order).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    await Promise.all(calls);
  });

  test.each(['closed', 'left'])('a prompt that is %s makes room for the other tab', async (how) => {
    const { tabs, held } = open();
    const [first, second] = tabs as [ModalController, ModalController];
    const calls = tabs.map((tab) => tab.prompt(single));
    await turns();
    if (how === 'closed') first.close('escape');
    else first.reset('unmounted');
    await expect(calls[0]).rejects.toMatchObject({ code: 'cancelled' });
    await turns();
    await prove(second);
    expect(await calls[1]).toMatch(/^mfa_/);
    expect(held).toEqual([]);
  });

  test('a request given up while another tab asks never shows', async () => {
    const { tabs, held } = open();
    const [first, second] = tabs as [ModalController, ModalController];
    const up = first.prompt(single);
    await turns();
    const waiting = second.prompt(single);
    await turns();
    second.reset('loggedOut');
    await expect(waiting).rejects.toMatchObject({ reason: 'loggedOut' });
    await prove(first);
    await up;
    expect([second.getSnapshot().request, held]).toEqual([null, []]);
  });

  test('a session that waits, and a screen opened by name, wait for no other tab', async () => {
    const { tabs } = open();
    const [first, second] = tabs as [ModalController, ModalController];
    first.prompt(single).catch(() => undefined);
    await turns();
    second.show('ManageDevices').catch(() => undefined);
    expect(second.getSnapshot().screen).toEqual({ name: 'ManageDevices' });
  });
});

test('where locks are forbidden each tab asks by itself', async () => {
  vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new DOMException('', 'SecurityError')) } });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { controller } = start('mfa-kit:prompt:e');
  const call = controller.prompt(single);
  await turns();
  await prove(controller);
  expect(await call).toMatch(/^mfa_/);
});

/**
 * F-15 in a real browser with a virtual authenticator: the browser's own question is asked in the very click, with
 * nothing fetched in between (Safari forgets the click), and by itself only where a click was just made.
 */
import { render, screen } from '@testing-library/react';
import { MfaProvider, usePromptMfaAuth } from 'mfa-kit';
import { useEffect } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../src/ui/styles.css';
import { createWorld, type World, type WorldOptions } from '../../stories/support/createWorld.js';

interface Asked {
  method: 'create' | 'get';
  /** What the browser was doing for the person when it was asked. */
  during: string | undefined;
  /** Requests sent by then. */
  requests: number;
}

let world: World;
let asked: Asked[] = [];
let outcome: unknown;

const start = async (options: WorldOptions): Promise<void> => {
  world = await createWorld({ policy: { enrollment: 'none' }, hasAuthenticator: true, ...options });
  asked = [];
  for (const method of ['create', 'get'] as const) {
    const real = navigator.credentials[method].bind(navigator.credentials);
    vi.spyOn(navigator.credentials, method).mockImplementation((parameters?: object) => {
      asked.push({ method, during: window.event?.type, requests: world.requests.length });
      return real(parameters);
    });
  }
};

/** Asks for a proof as an application does. */
let ask: () => void;
function Page() {
  const prompt = usePromptMfaAuth();
  useEffect(() => {
    ask = () =>
      void prompt({ createMfaToken: { singleUse: true } }).then(
        (token) => {
          outcome = token;
        },
        (error: unknown) => {
          outcome = error;
        },
      );
  }, [prompt]);
  return (
    <button type="button" onClick={() => ask()}>
      Act
    </button>
  );
}

beforeEach(() => {
  outcome = undefined;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await world.close();
});

const open = () =>
  render(
    <MfaProvider client={world.client}>
      <Page />
    </MfaProvider>,
  );
const press = async (name: string | RegExp): Promise<void> => {
  const button = await screen.findByRole('button', { name }, { timeout: 15_000 });
  await vi.waitFor(() => expect(button.getAttribute('aria-disabled')).not.toBe('true'), 15_000);
  await userEvent.click(button);
};
const fingerprint = 'Use fingerprint, face or screen lock';
const success = () => vi.waitFor(() => expect(outcome).toMatch(/^mfa_/), 15_000);

describe('the first passkey', () => {
  test('is made in the click on its button, with everything at hand', async () => {
    await start({ standing: 'newcomer' });
    open();
    await press('Act');
    await press(/^Passkey/);
    await screen.findByRole('heading', { name: 'Create a passkey' });
    expect(asked).toEqual([]);
    await press(fingerprint);
    await screen.findByRole('heading', { name: 'Your passkey is saved' }, { timeout: 15_000 });
    expect(asked).toMatchObject([{ method: 'create', during: 'click' }]);
    // Whatever was sent from the click on came after the browser had been asked.
    expect(world.requests[asked[0]?.requests ?? -1]).toBe('POST /users/passkeys/register');
  });
});

describe('a proof', () => {
  test('just after a click begins by itself', async () => {
    await start({ factors: ['passkey'] });
    open();
    await press('Act');
    await success();
    expect(asked).toMatchObject([{ method: 'get' }]);
    expect(asked[0]?.during).not.toBe('click');
  });

  test('when the last click is long ago waits for one, and asks in it', async () => {
    await start({ factors: ['passkey'] });
    open();
    await vi.waitFor(() => expect(navigator.userActivation.isActive).toBe(false), 10_000);
    ask();
    await press(fingerprint);
    await success();
    expect(asked).toMatchObject([{ method: 'get', during: 'click' }]);
    expect(world.requests[asked[0]?.requests ?? -1]).toBe('POST /users/mfa/auth/passkey');
  });

  test('after a failure asks again in the next click, with the options it has', async () => {
    await start({ factors: ['passkey'] });
    open();
    await world.authenticator?.recognize(false);
    await press('Act');
    await screen.findByText(/That was cancelled/, {}, { timeout: 15_000 });
    await world.authenticator?.recognize(true);
    const before = world.requests.length;
    await press('Try again');
    await success();
    expect(asked).toMatchObject([
      { during: expect.not.stringMatching('click') },
      { during: 'click', requests: before },
    ]);
  });
});

import { act, render, waitFor } from '@testing-library/react';
import {
  type MfaFlowEventName,
  MfaProvider,
  useAuthenticateTotp,
  useDynamicEvents,
  useLogOut,
  useModalController,
  usePromptMfaAuth,
} from 'mfa-kit';
import { StrictMode } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, renderHookOn } from '../support/renderWithMfa.js';
import { wrongCode } from '../support/totp.js';

const names: MfaFlowEventName[] = [
  'mfaCompletionSuccess',
  'mfaCompletionFailure',
  'authFlowOpen',
  'authFlowClose',
  'authFlowCancelled',
  'logout',
];

const start = async () => {
  const heard: [string, unknown][] = [];
  const told: [string, unknown][] = [];
  const page = await createPage({ onEvent: (name, payload) => void told.push([name, payload]) });
  const enrolled = await signInAndEnrol(page);
  const { result } = renderHookOn(page, () => {
    for (const name of names) useDynamicEvents(name, (payload) => void heard.push([name, payload]));
    return {
      modal: useModalController(),
      prompt: usePromptMfaAuth(),
      totp: useAuthenticateTotp(),
      logOut: useLogOut(),
    };
  });
  await waitFor(() => expect(page.queryClient.isFetching()).toBe(0));
  return { page, result, heard, told, ...enrolled };
};

describe('events', () => {
  test('tell of each happening once, in order, to the hook and to onEvent alike', async () => {
    const { page, result, heard, told, secret } = await start();
    act(() => void result.current.prompt({ createMfaToken: true }));
    await waitFor(() => expect(result.current.modal.screen).not.toBeNull());
    await act(async () => {
      await result.current.totp.mutateAsync({ code: wrongCode(secret, page.server.clock()) }).catch(() => {});
    });
    page.server.clock.advance(30_000);
    await act(async () => {
      const proof = await result.current.totp.mutateAsync({
        code: page.code(secret),
        createMfaToken: { singleUse: true },
      });
      result.current.modal.send({ type: 'verified', method: 'totp', ...proof });
      result.current.modal.send({ type: 'finished' });
    });
    await act(() => result.current.logOut());
    expect(heard).toEqual([
      ['authFlowOpen', undefined],
      ['mfaCompletionFailure', { error: expect.objectContaining({ serverCode: 'mfa_invalid_code' }) as unknown }],
      ['mfaCompletionSuccess', { mfaToken: expect.stringMatching(/^mfa_/) as unknown }],
      ['authFlowClose', undefined],
      ['logout', { reason: 'user-intent' }],
    ]);
    expect(told).toEqual(heard);
  });

  test('tell of a cancellation after the closing', async () => {
    const { result, heard } = await start();
    act(() => void result.current.prompt().catch(() => {}));
    await waitFor(() => expect(result.current.modal.screen).not.toBeNull());
    act(() => result.current.modal.close('escape'));
    expect(heard.map(([name]) => name)).toEqual(['authFlowOpen', 'authFlowClose', 'authFlowCancelled']);
  });

  test('go to the onEvent of the latest render', async () => {
    const page = await createPage();
    const [old, latest] = [vi.fn(), vi.fn()];
    const draw = (onEvent: () => void) => (
      <StrictMode>
        <MfaProvider client={page.client} modals={false} onEvent={onEvent} />
      </StrictMode>
    );
    const { rerender } = render(draw(old));
    rerender(draw(latest));
    await signInAndEnrol(page);
    expect(latest.mock.calls.map(([name]) => name as string)).toEqual(['mfaCompletionSuccess']);
    expect(old).not.toHaveBeenCalled();
  });
});

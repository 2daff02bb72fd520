import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { toneOf } from '../../src/ui/messages/failure.js';
import { english } from '../../src/ui/messages/Language.js';
import type { FrameSettings } from '../../src/ui/parts/Frame.js';
import { PasskeyPromptView } from '../../src/ui/screens/views/PasskeyPromptView.js';
import { PasskeySavedView } from '../../src/ui/screens/views/PasskeySavedView.js';

const nothing = () => undefined;
const frame: FrameSettings = {
  language: english,
  onAnotherWay: nothing,
  leave: { kind: 'cancel', onLeave: nothing },
};
const asking = {
  frame,
  task: 'verify',
  status: 'ready',
  reaches: ['platform', 'key'],
  onStart: nothing,
  onStop: nothing,
} as const;
const place = { kind: 'cloud', provider: 'Bitwarden', isSynced: true } as const;

describe('PasskeyPrompt', () => {
  const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent);
  const task = (name: string) => screen.getByRole('button', { name });

  test.each([
    [
      ['platform', 'key'],
      ['Use fingerprint, face or screen lock', 'Use a security key'],
    ],
    [
      ['phone', 'key'],
      ['Use your phone or tablet', 'Use a security key'],
    ],
    [['key'], ['Use a security key']],
  ] as const)('offers %j in words that fit, in that order', (reaches, names) => {
    render(<PasskeyPromptView {...asking} frame={{ language: english }} reaches={reaches} />);
    expect(buttons()).toEqual(names);
  });

  test('tells which was chosen, each a click of its own', async () => {
    const onStart = vi.fn();
    render(<PasskeyPromptView {...asking} onStart={onStart} />);
    await userEvent.click(task('Use a security key'));
    await userEvent.click(task('Use fingerprint, face or screen lock'));
    expect(onStart.mock.calls).toEqual([['key'], ['platform']]);
  });

  test('keeps its buttons in their places, and dead, until there is something to begin with', async () => {
    const onStart = vi.fn();
    render(<PasskeyPromptView {...asking} status="preparing" onStart={onStart} />);
    await userEvent.click(task('Use fingerprint, face or screen lock'));
    expect(task('Use fingerprint, face or screen lock').getAttribute('aria-disabled')).toBe('true');
    expect(onStart).not.toHaveBeenCalled();
  });

  test('while the browser asks, it can be stopped and not begun again', async () => {
    const [onStart, onStop] = [vi.fn(), vi.fn()];
    render(<PasskeyPromptView {...asking} status="running" onStart={onStart} onStop={onStop} />);
    await userEvent.click(task('Use fingerprint, face or screen lock'));
    await userEvent.click(task('Stop waiting'));
    expect(screen.queryByRole('button', { name: 'Use a security key' })).toBeNull();
    expect([onStart.mock.calls.length, onStop.mock.calls.length]).toEqual([0, 1]);
  });

  const kinds = [
    'passkeyCancelled',
    'passkeyAborted',
    'passkeyNoAnswer',
    'passkeyExpired',
    'passkeyUnverified',
    'passkeyGone',
    'passkeyCloned',
    'passkeyRefused',
    'offline',
    'server',
  ] as const;
  test.each(kinds)('says %s in a line that is announced, and offers to try again', (kind) => {
    const message = english.say(`error.${kind}`);
    render(<PasskeyPromptView {...asking} isRetry message={message} tone={toneOf({ kind })} />);
    const line = screen.getByText(message).closest('output');
    expect(line?.getAttribute('aria-live')).toBe('polite');
    expect(line?.dataset.variant).toBe(toneOf({ kind }));
    expect(task('Try again').getAttribute('aria-describedby')).toBe(line?.id);
  });

  test('where nothing can be tried there is nothing to press but the ways out', () => {
    const message = english.say('error.passkeyUnsupported');
    render(<PasskeyPromptView {...asking} status="impossible" message={message} />);
    expect(buttons()).toEqual(['Try another way', 'Cancel']);
  });
});

describe('PasskeySaved', () => {
  const saved = (onContinue: (name: string | undefined) => void) =>
    render(<PasskeySavedView frame={frame} place={place} onContinue={onContinue} />);
  const name = () => screen.getByLabelText<HTMLInputElement>('Its name in your list');

  test('says with whom it is and whether other devices have it, and has a name filled in', () => {
    saved(nothing);
    expect(screen.getByText('Bitwarden')).toBeDefined();
    expect(screen.getByText('Synced to your other devices')).toBeDefined();
    expect([name().value, name().maxLength]).toEqual(['Bitwarden', 64]);
  });

  test.each([
    ['Bitwarden', 'Bitwarden'],
    ['  ', 'Bitwarden'],
    [' Home ', 'Home'],
  ])('gives on the name in the field, the suggested one where it was left empty: %j', async (typed, given) => {
    const onContinue = vi.fn();
    saved(onContinue);
    await userEvent.clear(name());
    await userEvent.type(name(), `${typed}{Enter}`);
    expect(onContinue.mock.calls).toEqual([[given]]);
  });

  test('gives nothing on where the name is the one it has', async () => {
    const onContinue = vi.fn();
    render(<PasskeySavedView frame={frame} place={place} name="Desk" onContinue={onContinue} />);
    await userEvent.type(name(), '{Enter}');
    expect(onContinue.mock.calls).toEqual([[undefined]]);
  });
});

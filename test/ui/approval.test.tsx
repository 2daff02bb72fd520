/** What a prompt says is approved: the application's words, shown as text, and never in the way of the prompt itself. */
import { render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { PromptRequest, Screen } from '../../src/controller/screens.js';
import type { MfaActionText } from '../../src/ui/actionTexts.js';
import { ar } from '../../src/ui/messages/ar.js';
import { createLanguage, english } from '../../src/ui/messages/Language.js';
import { Approval } from '../../src/ui/parts/Approval.js';
import { approvalOf } from '../../src/ui/screens/approvalOf.js';

const action = 'treasury.send';
const address = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const asked: PromptRequest = {
  purpose: 'action',
  action,
  payload: { to: address, amount: 12 },
  createMfaToken: { singleUse: true },
};
const code: Screen = { name: 'OtpVerification' };

/** What a screen says, as rendered. */
const draw = (text?: MfaActionText, change: Partial<PromptRequest> = {}, shown: Screen = code, language = english) => {
  const approval = approvalOf(shown, { ...asked, ...change }, { language, actions: text && { [action]: text } });
  if (!approval) throw new Error('nothing is said to be approved');
  return render(<Approval language={language} approval={approval} />);
};
const part = () => document.querySelector('[data-mfa-part="approval"]');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('which action', () => {
  test('is told in the application’s words, else ours, else by its bare name', () => {
    draw({ title: 'Send a payment' });
    expect(screen.getByText('To approve: Send a payment')).toBeDefined();
    draw(undefined, { action: 'wallet.waas.export' });
    expect(screen.getByText('To approve: export your wallet key')).toBeDefined();
    draw();
    expect(screen.getByText('To approve: treasury.send')).toBeDefined();
  });

  test('is not looked up in what every object has', () => {
    draw(undefined, { action: 'constructor' });
    expect(screen.getByText('To approve: constructor')).toBeDefined();
  });

  test('is not told where a request is for none, nor once it is proven', () => {
    const looks = { language: english };
    expect(approvalOf(code, { purpose: 'session' }, looks)).toBeUndefined();
    const after: Screen[] = [
      { name: 'Success', task: 'verified' },
      { name: 'RecoveryUsed', left: 9 },
      { name: 'ViewBackupCodes', isNewSet: false },
    ];
    for (const shown of after) expect(approvalOf(shown, asked, looks)).toBeUndefined();
  });
});

describe('on what', () => {
  test('is a row for each thing the application names, its value kept apart from the direction of the text', () => {
    draw({
      describe: ({ to, amount }) => [
        { label: 'To', value: String(to) },
        { label: 'Amount', value: `${amount} €` },
      ],
    });
    expect(screen.getAllByRole('term').map((term) => term.textContent)).toEqual(['To', 'Amount']);
    expect(screen.getAllByRole('definition').map((value) => value.textContent)).toEqual([address, '12 €']);
    expect(screen.getByText(address).tagName).toBe('BDI');
  });

  test('is a line where the application gives one', () => {
    draw({ describe: ({ amount }) => `${amount} € to Ada` });
    expect(screen.getByText('12 € to Ada').tagName).toBe('BDI');
  });

  test('is the server’s summary where nothing describes it, shown as text', () => {
    draw(undefined, { summary: '<b>12 €</b> to Ada' });
    expect(screen.getByText('<b>12 €</b> to Ada')).toBeDefined();
  });

  test('of a payload that only the server knows is its summary: there is nothing to describe', () => {
    const describeIt = vi.fn(() => 'never');
    draw({ describe: describeIt }, { payload: undefined, challengeId: 'c1', summary: '12 € to Ada' });
    expect(screen.getByText('12 € to Ada')).toBeDefined();
    expect(describeIt).not.toHaveBeenCalled();
  });

  test.each<[string, NonNullable<MfaActionText['describe']>]>([
    [
      'throws',
      () => {
        throw new TypeError(`no ${address}`);
      },
    ],
    ['gives nothing', () => []],
    ['gives an empty line', () => ''],
    ['gives what is no text', () => [null] as never],
    ['forgets to return', () => undefined as never],
  ])('falls back on the summary when describe() %s, and the prompt stays up', (_, describeIt) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    draw({ title: 'Send', describe: describeIt }, { summary: '12 € to Ada' });
    expect(screen.getByText('To approve: Send')).toBeDefined();
    expect(screen.getByText('12 € to Ada')).toBeDefined();
    // Nothing of the payload gets into the console.
    expect(JSON.stringify(warn.mock.calls)).not.toContain(address);
  });

  test('takes a value that is no text as text', () => {
    draw({ describe: () => [{ label: 'Payload', value: { evil: true } as never }] });
    expect(screen.getByText('[object Object]')).toBeDefined();
  });
});

describe('for how long and for how many', () => {
  const said = () => screen.getByRole('status').textContent;

  test.each<[string, Partial<PromptRequest>]>([
    ['Counts once', {}],
    ['Counts for 10 minutes', { createMfaToken: { singleUse: false }, tokenExpirySeconds: 600 }],
    ['Counts for a while in this session', { createMfaToken: { singleUse: false } }],
    ['', { createMfaToken: undefined }],
    ['Approves 3 requests · Counts once', { count: 3 }],
  ])('says "%s"', (sentence, change) => {
    draw(undefined, change);
    expect(said()).toBe(sentence);
  });

  test('a recovery code counts once, whatever was asked for', () => {
    draw(undefined, { createMfaToken: { singleUse: false }, tokenExpirySeconds: 600 }, { name: 'EnterBackupCodes' });
    expect(said()).toBe('Counts once');
  });

  test('more that join are announced, in the region that was there before them', () => {
    const { rerender } = draw();
    const region = screen.getByRole('status');
    const grown = approvalOf(code, { ...asked, count: 2 }, { language: english });
    if (grown) rerender(<Approval language={english} approval={grown} />);
    expect(screen.getByRole('status')).toBe(region);
    expect(region.getAttribute('aria-live')).toBe('polite');
    expect(said()).toBe('Approves 2 requests · Counts once');
  });
});

describe('what has to be added first', () => {
  const qr: Screen = { name: 'QrCode', isReplacement: false };

  test('is said on every screen of the way', () => {
    const way: Screen[] = [
      { name: 'ChooseType', task: 'enrol' },
      qr,
      { name: 'OtpVerification', deviceId: 'd1' },
      { name: 'PasskeyPrompt', task: 'enrol' },
      { name: 'Reauthenticate', then: qr },
      { name: 'OtpVerification', then: { name: 'PasskeyPrompt', task: 'enrol' } },
      { name: 'Locked', method: 'totp', lockedUntil: null, retry: { name: 'OtpVerification', then: qr } },
    ];
    expect(way.map((shown) => approvalOf(shown, asked, { language: english })?.first)).toEqual(way.map(() => 'factor'));
    expect(approvalOf(code, asked, { language: english })?.first).toBeUndefined();
  });

  test('is a passkey where nothing else is enough, and the screen says why', () => {
    draw({ title: 'Export' }, { minLevel: 'phr' }, { name: 'PasskeyPrompt', task: 'enrol' });
    expect(part()?.textContent).toContain('Only a passkey is enough for this.');
  });
});

test('from right to left the application’s words do not turn the sentence around', () => {
  draw({ title: 'Send' }, {}, code, createLanguage('ar', ar));
  expect(part()?.textContent).toContain('\u2068Send\u2069');
});

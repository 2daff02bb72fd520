import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { type ComponentProps, useState } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { english } from '../../src/ui/messages/Language.js';
import type { FrameSettings } from '../../src/ui/parts/Frame.js';
import { mfaParts } from '../../src/ui/parts/part.js';
import { ChooseTypeView } from '../../src/ui/screens/views/ChooseTypeView.js';
import { EnterBackupCodesView } from '../../src/ui/screens/views/EnterBackupCodesView.js';
import { LockedView } from '../../src/ui/screens/views/LockedView.js';
import { ManageDevicesView } from '../../src/ui/screens/views/ManageDevicesView.js';
import { OtpVerificationView } from '../../src/ui/screens/views/OtpVerificationView.js';
import { PasskeyPromptView } from '../../src/ui/screens/views/PasskeyPromptView.js';
import { PasskeySavedView } from '../../src/ui/screens/views/PasskeySavedView.js';
import { QrCodeView } from '../../src/ui/screens/views/QrCodeView.js';
import { ReauthenticateView } from '../../src/ui/screens/views/ReauthenticateView.js';
import { RecoveryUsedView } from '../../src/ui/screens/views/RecoveryUsedView.js';
import { SuccessView } from '../../src/ui/screens/views/SuccessView.js';
import { ViewBackupCodesView } from '../../src/ui/screens/views/ViewBackupCodesView.js';

const nothing = () => undefined;
const frame: FrameSettings = {
  language: english,
  hasCross: true,
  onBack: nothing,
  onAnotherWay: nothing,
  leave: { kind: 'cancel', onLeave: nothing },
};
const approval = { title: 'Send', details: [{ label: 'To', value: 'Ada' }], singleUse: true };
const secret = 'JBSWY3DPEHPK3PXP';
const registration = { secret, uri: `otpauth://totp/Harbor:ada%40example.com?secret=${secret}&issuer=Harbor` };
const codes = Array.from({ length: 10 }, (_, at) => `7K3Q9TXB2MWD5HP${at}`);
const owner = { app: 'Harbor', user: 'ada@example.com' };
const device = { id: 'a', addedAt: '2026-01-31T09:00:00Z', lastUsedAt: null, isDefault: true };

const otp = { frame, task: 'verify', onSubmit: nothing } as const;
const saving: ComponentProps<typeof ViewBackupCodesView> = {
  frame,
  codes,
  owner,
  isNewSet: false,
  onRetry: nothing,
  onNewCodes: nothing,
  onDone: nothing,
  onFinish: nothing,
};
const managing: ComponentProps<typeof ManageDevicesView> = {
  frame,
  devices: [device],
  passkeys: [],
  codesLeft: 9,
  onAdd: nothing,
  onReplace: nothing,
  onRemove: nothing,
  onMakeDefault: nothing,
  onRenamePasskey: async () => true,
  onRemovePasskey: nothing,
  onNewCodes: nothing,
};
const passkey = {
  id: 'p',
  place: { kind: 'cloud', provider: 'Bitwarden', isSynced: true },
  addedAt: '2026-01-31T09:00:00Z',
  lastUsedAt: null,
} as const;
const asking = {
  frame,
  task: 'verify',
  status: 'ready',
  reaches: ['platform', 'key'],
  onStart: nothing,
  onStop: nothing,
} as const;
const scanning = { frame, registration, onRestart: nothing, onContinue: nothing };

const everyView = [
  <ChooseTypeView key="1" frame={frame} task="verify" ways={[{ method: 'totp' }]} onChoose={nothing} />,
  <QrCodeView key="2" {...scanning} />,
  <QrCodeView key="3" {...scanning} isTouch />,
  <OtpVerificationView key="4" {...otp} error="No." nextCodeIn={12} frame={{ ...frame, approval }} />,
  <EnterBackupCodesView key="5" frame={frame} support="help@example.com" onSubmit={nothing} />,
  <RecoveryUsedView key="6" frame={frame} left={2} onReplace={nothing} onNewCodes={nothing} onContinue={nothing} />,
  <ViewBackupCodesView key="7" {...saving} />,
  <ViewBackupCodesView key="8" {...saving} codes={undefined} />,
  <ManageDevicesView key="9" {...managing} />,
  <LockedView key="10" frame={frame} left={42} ways={[{ method: 'recovery' }]} onChoose={nothing} onResume={nothing} />,
  <ReauthenticateView key="11" frame={frame} onSignIn={nothing} />,
  <SuccessView key="12" frame={frame} task="verified" />,
  <PasskeyPromptView key="13" {...asking} message="No." />,
  <PasskeyPromptView key="14" {...asking} task="enrol" status="running" />,
  <PasskeySavedView key="15" frame={frame} place={passkey.place} error="No." onContinue={nothing} />,
  <ManageDevicesView key="16" {...managing} passkeys={[passkey]} addable={['passkey']} notice="Gone." />,
  <ManageDevicesView key="17" {...managing} devices={[]} addable={['passkey', 'totp']} />,
  <ReauthenticateView key="18" frame={frame} email="ada@example.com" sent={2} error="No." isSpent onSignIn={nothing} />,
];

describe('every screen', () => {
  test('draws nothing but parts that are listed, each with its class', () => {
    const { container } = render(everyView);
    const parts = [...container.querySelectorAll('[data-mfa-part]')];
    const listed: readonly string[] = mfaParts;
    const strange = parts.filter((element) => {
      const name = element.getAttribute('data-mfa-part') ?? '';
      return !listed.includes(name) || !element.classList.contains(`mfa-${name}`);
    });
    expect(parts.length).toBeGreaterThan(100);
    expect(strange).toEqual([]);
    const bare = [...container.querySelectorAll('[class]')].filter((element) => !element.hasAttribute('data-mfa-part'));
    expect(bare).toEqual([]);
  });

  test('is drawn on a server without a style attribute, which a strict style-src would refuse', () => {
    for (const view of everyView) expect(renderToString(view)).not.toContain('style=');
  });

  test('has one title and at most one primary button', () => {
    for (const view of everyView) {
      const { container, unmount } = render(view);
      expect(container.querySelectorAll('[data-mfa-heading]')).toHaveLength(1);
      expect(container.querySelectorAll('[data-variant="primary"]').length).toBeLessThanOrEqual(1);
      unmount();
    }
  });
});

describe('OtpVerification', () => {
  test('asks in one field with a label, in a form with a button', () => {
    render(<OtpVerificationView {...otp} />);
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: '6-digit code' });
    expect(field.form).not.toBeNull();
    expect(field.name).toBe('otp');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Continue' }).type).toBe('submit');
  });

  test('a code goes off by itself, once, and not again on the button while it is checked', async () => {
    const onSubmit = vi.fn();
    const { rerender } = render(<OtpVerificationView {...otp} onSubmit={onSubmit} />);
    await userEvent.type(screen.getByRole('textbox'), '123456');
    rerender(<OtpVerificationView {...otp} onSubmit={onSubmit} status="pending" />);
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
    await userEvent.keyboard('{Enter}');
    expect(onSubmit.mock.calls).toEqual([['123456']]);
  });

  test('the field keeps its focus and its digits while they are checked', async () => {
    const { rerender } = render(<OtpVerificationView {...otp} />);
    const field = screen.getByRole<HTMLInputElement>('textbox');
    await userEvent.type(field, '123456');
    rerender(<OtpVerificationView {...otp} status="pending" />);
    await userEvent.type(field, '7{Backspace}');
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe('123456');
    expect(field.disabled).toBe(false);
  });

  test('a refused code is told, tied to the field, cleared, and the field focused', async () => {
    const { rerender } = render(<OtpVerificationView {...otp} />);
    const field = screen.getByRole<HTMLInputElement>('textbox');
    await userEvent.type(field, '123456');
    field.blur();
    rerender(<OtpVerificationView {...otp} isRefused refusals={1} error="That code didn’t match." />);
    expect(field.value).toBe('');
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'That code didn’t match.',
    );
    await userEvent.type(field, '1');
    expect(field.getAttribute('aria-invalid')).toBe('false');
  });

  test('what failed for want of a connection stays, and the button sends it again', async () => {
    const onSubmit = vi.fn();
    const { rerender } = render(<OtpVerificationView {...otp} onSubmit={onSubmit} />);
    await userEvent.type(screen.getByRole('textbox'), '123456');
    rerender(<OtpVerificationView {...otp} onSubmit={onSubmit} error="You’re offline." />);
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('123456');
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
    expect(onSubmit).toHaveBeenCalledTimes(2);
  });

  test('too few digits are told and not sent', async () => {
    const onSubmit = vi.fn();
    render(<OtpVerificationView {...otp} onSubmit={onSubmit} />);
    await userEvent.type(screen.getByRole('textbox'), '123{Enter}');
    expect(screen.getByText('Enter all six digits.')).toBeDefined();
    expect(onSubmit).not.toHaveBeenCalled();
  });

  test('a digit renders the field and nothing around it', async () => {
    let renders = 0;
    const Counted = () => {
      renders++;
      return <OtpVerificationView {...otp} />;
    };
    render(<Counted />);
    const before = renders;
    await userEvent.type(screen.getByRole('textbox'), '12345');
    expect(renders).toBe(before);
  });
});

describe('ViewBackupCodes', () => {
  const finish = () => screen.getByRole('button', { name: 'Finish' });

  test('is not finished without an act of saving and the tick, and says which is missing', async () => {
    const onFinish = vi.fn();
    render(<ViewBackupCodesView {...saving} onFinish={onFinish} />);
    await userEvent.click(finish());
    expect(screen.getByText(/^Copy, download or print/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'I wrote them down' }));
    await userEvent.click(finish());
    expect(screen.getByText(/^Tick the box/)).toBeDefined();
    await userEvent.click(screen.getByRole('checkbox'));
    expect(onFinish).not.toHaveBeenCalled();
    await userEvent.click(finish());
    expect(onFinish).toHaveBeenCalledOnce();
  });

  test('the tick alone is not saving', async () => {
    const onFinish = vi.fn();
    render(<ViewBackupCodesView {...saving} onFinish={onFinish} />);
    await userEvent.click(screen.getByRole('checkbox'));
    await userEvent.click(finish());
    expect(onFinish).not.toHaveBeenCalled();
  });

  test('a copy that the browser refused is told, selects the codes, and does not count (U-04)', async () => {
    const user = userEvent.setup();
    const copying = vi
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new DOMException('', 'NotAllowedError'));
    render(<ViewBackupCodesView {...saving} />);
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText(/Your browser blocked copying/)).toBeDefined();
    expect(getSelection()?.toString()).toContain('7K3Q');
    await user.click(screen.getByRole('checkbox'));
    expect(finish().getAttribute('aria-disabled')).toBe('true');
    copying.mockRestore();
  });

  test('a copy that worked holds the codes as they are numbered on screen, and counts', async () => {
    const user = userEvent.setup();
    render(<ViewBackupCodesView {...saving} />);
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    await screen.findByRole('button', { name: 'Copied' });
    expect(await navigator.clipboard.readText()).toMatch(/^ 1\. 7K3Q 9TXB 2MWD 5HP0\n 2\. .*\n(.*\n){7}10\. /);
    await user.click(screen.getByRole('checkbox'));
    expect(finish().getAttribute('aria-disabled')).toBe('false');
  });

  test('a set that is saved already is not shown, and says how many are left', () => {
    render(<ViewBackupCodesView {...saving} codes={[]} left={7} />);
    expect(screen.getByText('You have 7 codes left.')).toBeDefined();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});

describe('QrCode', () => {
  test('nothing goes on without something to scan', () => {
    const { rerender } = render(<QrCodeView {...scanning} registration={undefined} />);
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    rerender(<QrCodeView {...scanning} registration={undefined} error="We couldn’t reach the server." />);
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
    rerender(<QrCodeView {...scanning} timeLeft={0} />);
    expect(screen.getByRole('button', { name: 'Get a new code' })).toBeDefined();
    expect(document.querySelector('[data-mfa-secret]')).toBeNull();
  });

  test('shows issuer and account as the app will, and the key in fours', () => {
    render(<QrCodeView {...scanning} />);
    expect(screen.getByText('Harbor')).toBeDefined();
    expect(screen.getByText('ada@example.com')).toBeDefined();
    expect(screen.getByText('JBSW Y3DP EHPK 3PXP')).toBeDefined();
  });

  test('the copied key has no spaces', async () => {
    const user = userEvent.setup();
    render(<QrCodeView {...scanning} />);
    await user.click(screen.getByRole('button', { name: 'Copy setup key' }));
    await screen.findByText('Copied');
    expect(await navigator.clipboard.readText()).toBe(secret);
  });

  test('on touch the app on the same device comes first', () => {
    render(<QrCodeView {...scanning} isTouch />);
    expect(screen.getByRole('link', { name: 'Open in authenticator app' }).getAttribute('href')).toBe(registration.uri);
  });

  test('an address that is no authenticator app’s is neither drawn nor linked (C-10)', () => {
    render(<QrCodeView {...scanning} registration={{ secret, uri: 'https://evil.example/' }} isTouch />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.getByText(/could not be shown safely/)).toBeDefined();
  });
});

describe('the others', () => {
  test('a way that cannot be used says why and cannot be chosen', async () => {
    const onChoose = vi.fn();
    const ways = [{ method: 'totp', blocked: 'locked', retryAfter: 45 } as const, { method: 'recovery' } as const];
    render(<ChooseTypeView frame={frame} task="verify" ways={ways} onChoose={onChoose} />);
    await userEvent.click(screen.getByRole('button', { name: /Ready in 45 seconds/ }));
    await userEvent.click(screen.getByRole('button', { name: /Backup code/ }));
    expect(onChoose.mock.calls).toEqual([['recovery']]);
  });

  test('a backup code is sent as it was given out, without spaces and dashes', async () => {
    const onSubmit = vi.fn();
    render(<EnterBackupCodesView frame={frame} onSubmit={onSubmit} />);
    await userEvent.type(screen.getByRole('textbox', { name: 'Backup code' }), ' 7k3Q-9txb 2MWD-5hpo{Enter}');
    expect(onSubmit.mock.calls).toEqual([['7k3Q9txb2MWD5hpo']]);
    expect(screen.getByRole('textbox').getAttribute('autocomplete')).toBe('off');
  });

  test('one of ten symbols is sent as well, grouped as it was shown or in one piece', async () => {
    const onSubmit = vi.fn();
    render(<EnterBackupCodesView frame={frame} onSubmit={onSubmit} />);
    const field = screen.getByRole('textbox', { name: 'Backup code' });
    await userEvent.type(field, '7K3Q9 TXB2M{Enter}');
    await userEvent.clear(field);
    await userEvent.type(field, '7k3q9txb2m{Enter}');
    expect(onSubmit.mock.calls).toEqual([['7K3Q9TXB2M'], ['7k3q9txb2m']]);
  });

  test('with no code left there is no way past choosing one', () => {
    const { rerender } = render(
      <RecoveryUsedView frame={frame} left={0} onReplace={nothing} onNewCodes={nothing} onContinue={nothing} />,
    );
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    rerender(<RecoveryUsedView frame={frame} left={9} onReplace={nothing} onNewCodes={nothing} onContinue={nothing} />);
    expect(screen.getByRole('button', { name: 'Continue' })).toBeDefined();
    expect(screen.queryByRole('button', { name: /Get new backup codes/ })).toBeNull();
  });

  test('a removal asks first, names the thing and says what will be asked next time', async () => {
    const onRemove = vi.fn();
    render(<ManageDevicesView {...managing} onRemove={onRemove} />);
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(screen.getByText('Remove Authenticator app?')).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Keep it');
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(onRemove.mock.calls).toEqual([['a']]);
  });

  test('the last one stays where a second step is required, and says why', () => {
    const { rerender } = render(<ManageDevicesView {...managing} isRequired />);
    expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
    expect(screen.getByText(/the only one can’t be removed/)).toBeDefined();
    rerender(<ManageDevicesView {...managing} isRequired devices={[]} passkeys={[passkey]} />);
    expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
    expect(screen.getByText(/the only one can’t be removed/)).toBeDefined();
    rerender(<ManageDevicesView {...managing} isRequired passkeys={[passkey]} />);
    expect(screen.getAllByRole('button', { name: 'Remove' })).toHaveLength(2);
  });

  test('an empty list begins with what is best, and what can be added is asked for by name', async () => {
    const onAdd = vi.fn();
    render(<ManageDevicesView {...managing} devices={[]} addable={['passkey', 'totp']} onAdd={onAdd} />);
    expect(screen.getByRole('button', { name: 'Add a passkey' }).dataset.variant).toBe('primary');
    await userEvent.click(screen.getByRole('button', { name: 'Add authenticator app' }));
    expect(onAdd.mock.calls).toEqual([['totp']]);
  });

  test('a lock is announced by the minute, not by the second', () => {
    const at = (left: number) => <LockedView frame={frame} left={left} onChoose={nothing} onResume={nothing} />;
    const { container, rerender } = render(at(125));
    const said = () => container.querySelector('output')?.textContent;
    expect(said()).toBe('3 minutes left');
    rerender(at(124));
    expect(said()).toBe('3 minutes left');
    rerender(at(120));
    expect(said()).toBe('2 minutes left');
    rerender(at(42));
    expect(said()).toBe('Less than a minute left');
    expect(container.querySelector('[data-mfa-part="ring"]')?.getAttribute('aria-hidden')).toBe('true');
  });

  test('a name with markup in it is text', () => {
    const Probe = () => {
      const [name] = useState('<img src=x onerror=alert(1)>');
      return <ManageDevicesView {...managing} devices={[{ ...device, name }]} />;
    };
    const { container } = render(<Probe />);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeDefined();
  });
});

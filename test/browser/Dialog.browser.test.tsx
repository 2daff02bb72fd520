/** U-07, and what people lost to other dialogs: focus, the Escape key, password managers' menus. */
import { render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../src/ui/styles.css';
import { english } from '../../src/ui/messages/Language.js';
import { Dialog, type DialogProps, DialogTitle } from '../../src/ui/parts/Dialog.js';
import { Frame } from '../../src/ui/parts/Frame.js';
import { Stage } from '../../src/ui/parts/Stage.js';
import { OtpVerificationView } from '../../src/ui/screens/views/OtpVerificationView.js';

const nothing = () => undefined;
const frame = {
  language: english,
  Title: DialogTitle,
  hasCross: true,
  leave: { kind: 'cancel', onLeave: nothing },
} as const;
const code = <OtpVerificationView frame={frame} task="verify" onSubmit={nothing} />;
const words = (
  <Frame frame={frame} name="Words" title="Something to read">
    <button type="button">Go on</button>
  </Frame>
);

const onDismiss = vi.fn();
let opener: HTMLButtonElement;

beforeEach(() => {
  onDismiss.mockClear();
  opener = document.createElement('button');
  opener.textContent = 'Open';
  document.body.append(opener);
  opener.focus();
});

afterEach(() => {
  opener.remove();
  for (const stray of document.querySelectorAll('[data-test-stray]')) stray.remove();
});

interface HostProps extends Partial<DialogProps> {
  step?: string;
}

function Host({ children = code, step = 'one', ...props }: HostProps) {
  const dialogRef = useRef<HTMLDivElement>(null);
  return (
    <Dialog isOpen language={english} onDismiss={onDismiss} dialogRef={dialogRef} {...props}>
      <Stage step={step} direction="forward">
        {children}
      </Stage>
    </Dialog>
  );
}

const dialog = () => document.querySelector<HTMLElement>('[role="dialog"]');
const focused = () => document.activeElement;

describe('focus', () => {
  test('begins in the first field and never on a button that leaves', async () => {
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
  });

  test('begins on the title where there is nothing to fill in', async () => {
    render(<Host>{words}</Host>);
    await expect.poll(() => focused()?.textContent).toBe('Something to read');
  });

  test('goes to the next step at once, which is announced by its title', async () => {
    const { rerender } = render(<Host>{words}</Host>);
    await expect.poll(dialog).not.toBeNull();
    rerender(<Host step="two">{code}</Host>);
    expect(focused()).toBe(document.querySelector('[role="dialog"] input[name="otp"]'));
    expect(document.querySelector('[aria-live="polite"]')?.textContent).toBe('Enter your 6-digit code');
  });

  test('stays inside with the Tab key, all the way round', async () => {
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    for (let press = 0; press < 8; press++) {
      await userEvent.keyboard('{Tab}');
      expect(dialog()?.contains(focused())).toBe(true);
    }
  });

  test('returns to where it came from', async () => {
    const { rerender } = render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    rerender(<Host isOpen={false} />);
    await expect.poll(focused).toBe(opener);
  });

  test('the dialog is named by the title of its screen', async () => {
    render(<Host />);
    await expect
      .poll(() => document.getElementById(dialog()?.getAttribute('aria-labelledby') ?? '')?.textContent)
      .toBe('Enter your 6-digit code');
  });
});

describe('leaving', () => {
  test('Escape and a press beside the dialog are told, and close nothing by themselves', async () => {
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    await userEvent.keyboard('{Escape}');
    expect(onDismiss.mock.calls).toEqual([['escape']]);
    await userEvent.click(document.querySelector('.mfa-scrim') as Element, { position: { x: 4, y: 4 } });
    await expect.poll(() => onDismiss.mock.calls).toEqual([['escape'], ['outside']]);
    expect(dialog()).not.toBeNull();
  });

  test('a press inside is none of it', async () => {
    render(<Host />);
    await userEvent.click(document.querySelector('.mfa-title') as Element);
    expect(onDismiss).not.toHaveBeenCalled();
  });

  test('a question lies over the screen, which then takes nothing', async () => {
    render(<Host question={<button type="button">Stay</button>} />);
    await expect.poll(dialog).not.toBeNull();
    expect(document.querySelector('.mfa-content')?.hasAttribute('inert')).toBe(true);
  });
});

/** As password managers do: an element of their own at the end of the page, with a field in its shadow. */
const openPasswordManager = (name = 'x-password-manager'): { host: HTMLElement; field: HTMLInputElement } => {
  const host = document.createElement(name);
  host.dataset.testStray = '';
  host.attachShadow({ mode: 'open' });
  const field = document.createElement('input');
  host.shadowRoot?.append(field);
  Object.assign(host.style, { position: 'fixed', inset: '8px auto auto 8px', zIndex: '2147483647' });
  document.body.append(host);
  return { host, field };
};

describe('password managers', () => {
  test('their menu, opened over the dialog, takes the press and the focus, and closes nothing', async () => {
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    const { host, field } = openPasswordManager();
    await userEvent.click(field);
    await userEvent.keyboard('hunter2');
    expect(focused()).toBe(host);
    expect(field.value).toBe('hunter2');
    expect(onDismiss).not.toHaveBeenCalled();
    expect(dialog()).not.toBeNull();
  });

  test('the same for one that was in the page before', async () => {
    const { host, field } = openPasswordManager();
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    field.focus();
    expect(focused()).toBe(host);
  });

  test('what they put beside the dialog, and is no element of their own, may take the focus too', async () => {
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    const { field } = openPasswordManager('div');
    await userEvent.click(field);
    await userEvent.keyboard('a');
    expect(field.value).toBe('a');
  });

  test('the page behind may not', async () => {
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    opener.focus();
    expect(focused()).toBe(document.querySelector('input'));
  });

  test('after they are done, the field can be typed in again', async () => {
    render(<Host />);
    await expect.poll(focused).toBe(document.querySelector('input'));
    const { host } = openPasswordManager();
    host.remove();
    await userEvent.click(document.querySelector('.mfa-input') as Element);
    await userEvent.keyboard('123');
    expect(document.querySelector<HTMLInputElement>('.mfa-input')?.value).toBe('123');
  });
});

describe('where it stands', () => {
  test('in the container it is given', async () => {
    const container = document.createElement('div');
    container.dataset.testStray = '';
    document.body.append(container);
    render(<Host container={container} />);
    await expect.poll(() => container.querySelector('[role="dialog"]')).not.toBeNull();
  });

  test('the scroll lock’s style element carries the nonce', async () => {
    const nonceOf = () => [...document.querySelectorAll('style')].map((style) => style.nonce);
    render(<Host nonce="bm9uY2U" />);
    await expect.poll(nonceOf).toContain('bm9uY2U');
  });

  test('the theme is the one asked for, whatever the system says', async () => {
    render(<Host theme="dark" />);
    await expect.poll(dialog).not.toBeNull();
    expect(getComputedStyle(dialog() as HTMLElement).backgroundColor).toBe('rgb(22, 24, 29)');
  });
});

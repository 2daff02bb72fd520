/** U-05: one field that paste, autofill and password managers find, in a real browser. */
import { render } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import '../../src/ui/styles.css';
import { CodeInput, type CodeInputProps } from '../../src/ui/parts/CodeInput.js';

const onComplete = vi.fn();
beforeEach(() => onComplete.mockClear());

const show = (props: Partial<CodeInputProps> = {}) => {
  const element = (more: Partial<CodeInputProps> = {}) => (
    <form className="mfa-screen">
      <CodeInput label="6-digit code" onComplete={onComplete} {...props} {...more} />
    </form>
  );
  const { rerender, container } = render(element());
  const field = container.querySelector('input') as HTMLInputElement;
  const cells = () => [...container.querySelectorAll('[data-mfa-part="code-cell"]')].map((cell) => cell.textContent);
  return { field, cells, change: (more: Partial<CodeInputProps>) => rerender(element(more)) };
};

/** Pastes as a person does: the text is on the clipboard, and the keys for pasting are pressed. */
const paste = async (field: HTMLInputElement, text: string) => {
  field.focus();
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
  // An event of ours pastes nothing by itself, so what the browser would have done is done in its place.
  if (field.dispatchEvent(event)) document.execCommand('insertText', false, text);
};

describe('the field is one and says what it is for', () => {
  test('a text field for a one-time code, with the number keyboard', () => {
    const { field } = show();
    expect(document.querySelectorAll('input')).toHaveLength(1);
    expect(field.type).toBe('text');
    expect(field.autocomplete).toBe('one-time-code');
    expect(field.inputMode).toBe('numeric');
    expect(field.labels?.[0]?.textContent).toBe('6-digit code');
    // A maximum length would cut "123 456" before anybody could read it.
    expect(field.maxLength).toBe(-1);
  });

  test('it is as large as its cells, over them, and its text large enough for iOS not to zoom', () => {
    const { field } = show();
    const cells = document.querySelector('.mfa-code-cells')?.getBoundingClientRect();
    const box = field.getBoundingClientRect();
    expect(box.width).toBeGreaterThanOrEqual(cells?.width ?? Infinity);
    expect(box.height).toBeGreaterThanOrEqual(cells?.height ?? Infinity);
    expect(Number.parseFloat(getComputedStyle(field).fontSize)).toBeGreaterThanOrEqual(16);
    expect(getComputedStyle(field).opacity).toBe('1');
    expect(getComputedStyle(field).visibility).toBe('visible');
  });

  test('it stays left to right in a page that runs the other way', () => {
    document.documentElement.dir = 'rtl';
    const { field } = show();
    const [first, last] = [...document.querySelectorAll('.mfa-code-cell')].filter((_, at) => at % 5 === 0);
    expect(getComputedStyle(field).direction).toBe('ltr');
    expect(first?.getBoundingClientRect().x).toBeLessThan(last?.getBoundingClientRect().x ?? 0);
    document.documentElement.removeAttribute('dir');
  });
});

describe('a code arrives in many ways, and goes off once', () => {
  test('typed with the keyboard', async () => {
    const { field, cells } = show();
    await userEvent.click(field);
    await userEvent.keyboard('123456');
    expect(cells()).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });

  test.each([
    '123 456',
    '123-456',
    ' 123456\n',
    'Your Harbor code: 123 456. Do not share it.',
    '١٢٣٤٥٦',
    '１２３４５６',
  ])('pasted as %j', async (text) => {
    const { field, cells } = show();
    await paste(field, text);
    await expect.poll(cells).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });

  test('pasted over what was typed before', async () => {
    const { field, cells } = show();
    await userEvent.click(field);
    await userEvent.keyboard('99');
    await paste(field, '123456');
    await expect.poll(() => cells().join('')).toBe('123456');
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });

  test('filled in at once, six characters in one input event, as autofill and password managers do', async () => {
    const { field, cells } = show();
    field.focus();
    document.execCommand('insertText', false, '123456');
    await expect.poll(() => cells().join('')).toBe('123456');
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });

  test('filled in by an extension, which sets the value and tells of it', async () => {
    const { field, cells } = show();
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    for (const kind of ['input', 'change', 'input']) {
      set?.call(field, '123456');
      field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    await expect.poll(() => cells().join('')).toBe('123456');
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });

  test('typed digit by digit by a manager that sends keys', async () => {
    const { field } = show();
    field.focus();
    for (const text of '123456') await cdp().send('Input.insertText', { text });
    await expect.poll(() => field.value).toBe('123456');
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });

  test('corrected before the last digit', async () => {
    const { field } = show();
    await userEvent.click(field);
    await userEvent.keyboard('12344{Backspace}56');
    expect(field.value).toBe('123456');
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });

  test('the same value does not go off again, another one does', async () => {
    const { field } = show();
    await userEvent.click(field);
    await userEvent.keyboard('123456{Backspace}6');
    expect(onComplete.mock.calls).toEqual([['123456']]);
    await userEvent.keyboard('{Backspace}7');
    expect(onComplete.mock.calls).toEqual([['123456'], ['123457']]);
  });

  test('letters leave nothing behind', async () => {
    const { field } = show();
    await userEvent.click(field);
    await userEvent.keyboard('1a2b');
    expect(field.value).toBe('12');
  });
});

describe('while a code is checked and after', () => {
  test('the field is locked, not disabled, and keeps its focus', async () => {
    const { field, change } = show();
    await userEvent.click(field);
    await userEvent.keyboard('123456');
    change({ state: 'pending' });
    await userEvent.keyboard('{Backspace}9');
    expect(field.value).toBe('123456');
    expect(document.activeElement).toBe(field);
  });

  test('a refused code empties the field and brings the focus back', async () => {
    const { field, change } = show();
    await userEvent.click(field);
    await userEvent.keyboard('123456');
    field.blur();
    change({ state: 'wrong', refusals: 1 });
    expect(field.value).toBe('');
    expect(document.activeElement).toBe(field);
    expect(getComputedStyle(document.querySelector('.mfa-code-cells') as Element).animationName).toBe('mfa-shake');
    await userEvent.keyboard('6');
    expect(getComputedStyle(document.querySelector('.mfa-code-cells') as Element).animationName).toBe('none');
  });

  test('nothing moves when a digit, an error or a check comes', async () => {
    const { change } = show();
    const heightOf = () => document.querySelector('.mfa-code-input')?.getBoundingClientRect().height;
    const before = heightOf();
    await page.getByLabelText('6-digit code').fill('123');
    expect(heightOf()).toBe(before);
    change({ state: 'pending' });
    expect(heightOf()).toBe(before);
    change({ state: 'wrong', refusals: 1 });
    expect(heightOf()).toBe(before);
  });
});

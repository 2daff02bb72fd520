/** What only a real browser shows of the field for six digits: focus, selection, the clipboard, and what autofill looks for. */
import { render } from '@testing-library/react';
import { Profiler, useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { CodeInput, type CodeInputProps } from '../../src/ui/parts/CodeInput.js';

function renderField(props: Partial<CodeInputProps> = {}) {
  const onComplete = vi.fn();
  const field = (now: Partial<CodeInputProps>) => (
    <CodeInput label="Code" onComplete={onComplete} {...props} {...now} />
  );
  const { rerender } = render(field({}));
  return {
    onComplete,
    update: (now: Partial<CodeInputProps>) => rerender(field(now)),
    input: page.getByLabelText('Code'),
  };
}

const element = () => page.getByLabelText('Code').element() as HTMLInputElement;

async function pasteInto(text: string) {
  render(<textarea aria-label="Elsewhere" defaultValue={text} />);
  const source = page.getByLabelText('Elsewhere').element() as HTMLTextAreaElement;
  source.focus();
  source.select();
  await userEvent.copy();
  element().focus();
  await userEvent.paste();
}

test('typing six digits hands them over once, without a button', async () => {
  const { onComplete, input } = renderField();
  await userEvent.click(input);
  await userEvent.keyboard('123456');
  expect(onComplete.mock.calls).toEqual([['123456']]);
});

test('a seventh digit and letters change nothing', async () => {
  const { onComplete, input } = renderField();
  await userEvent.click(input);
  await userEvent.keyboard('12ab34567');
  expect(element().value).toBe('123456');
  expect(onComplete.mock.calls).toEqual([['123456']]);
});

describe('a code on the clipboard goes in whole', () => {
  test.each([
    ['with a space', '123 456'],
    ['with a dash and a line break', '123-456\n'],
    ['in full-width digits', '１２３４５６'],
    ['in Arabic-Indic digits', '١٢٣٤٥٦'],
  ])('%s', async (_name, text) => {
    const { onComplete, input } = renderField();
    await userEvent.click(input);
    await userEvent.keyboard('9');
    await pasteInto(text);
    expect(element().value).toBe('123456');
    expect(onComplete.mock.calls).toEqual([['123456']]);
  });
});

test('autofill, phones and password managers find one real field that says what it is', () => {
  renderField();
  expect(document.querySelectorAll('input')).toHaveLength(1);
  const { autocomplete, inputMode, type, name, disabled, readOnly } = element();
  expect({ autocomplete, inputMode, type, name, disabled, readOnly }).toEqual({
    autocomplete: 'one-time-code',
    inputMode: 'numeric',
    type: 'text',
    name: 'otp',
    disabled: false,
    readOnly: false,
  });
});

test('what autofill writes without a key press is handed over', async () => {
  const { onComplete } = renderField();
  // A browser sets the value as a script does, past React's own setter, and then tells.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(element(), '654321');
  element().dispatchEvent(new Event('input', { bubbles: true }));
  await expect.poll(() => onComplete.mock.calls).toEqual([['654321']]);
});

test('the focus and what was typed stay while a code is checked', async () => {
  const { input, update } = renderField();
  await userEvent.click(input);
  await userEvent.keyboard('123456');
  update({ state: 'pending' });
  await userEvent.keyboard('{Backspace}9');
  expect(document.activeElement).toBe(element());
  expect(element().value).toBe('123456');
});

test('a refused code goes, and the focus comes back', async () => {
  const { onComplete, input, update } = renderField();
  await userEvent.click(input);
  await userEvent.keyboard('123456');
  element().blur();
  update({ state: 'wrong', refusals: 1 });
  expect(element().value).toBe('');
  expect(document.activeElement).toBe(element());
  await userEvent.keyboard('654321');
  expect(onComplete.mock.calls).toEqual([['123456'], ['654321']]);
});

test('a digit renders the field once, and nothing around it', async () => {
  const commits = { field: 0, around: 0 };
  const Around = () => {
    const [code, setCode] = useState('');
    commits.around++;
    return (
      <Profiler id="field" onRender={() => commits.field++}>
        <CodeInput label="Code" onComplete={setCode} />
        {code}
      </Profiler>
    );
  };
  render(<Around />);
  await userEvent.click(page.getByLabelText('Code'));
  const before = { ...commits };
  await userEvent.keyboard('1');
  await expect.poll(() => element().value).toBe('1');
  expect({ field: commits.field - before.field, around: commits.around - before.around }).toEqual({
    field: 1,
    around: 0,
  });
});

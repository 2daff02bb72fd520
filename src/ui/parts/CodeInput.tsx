import { type ChangeEvent, type ClipboardEvent, type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';
import { part } from './part.js';
import { readCode } from './readCode.js';

const LENGTH = 6;

export interface CodeInputProps {
  label: string;
  /** Default: `otp`. */
  name?: string;
  state?: 'idle' | 'pending' | 'wrong' | 'done';
  /** Counts codes that were refused: at each the field empties itself and takes the focus. */
  refusals?: number;
  describedBy?: string | undefined;
  /** Called with six digits, once for each value, without waiting for the button. */
  onComplete: (code: string) => void;
}

interface Content {
  text: string;
  start: number;
  end: number;
}
const empty: Content = { text: '', start: 0, end: 0 };

const contentOf = (input: HTMLInputElement, text: string): Content => ({
  text,
  start: Math.min(input.selectionStart ?? text.length, text.length),
  end: Math.min(input.selectionEnd ?? text.length, text.length),
});

/**
 * One real field under six drawn cells, so that paste, autofill and password managers find what they expect. It keeps
 * what is typed to itself: a digit renders nothing but this.
 */
export function CodeInput({
  label,
  name = 'otp',
  state = 'idle',
  refusals = 0,
  describedBy,
  onComplete,
}: CodeInputProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef('');
  const [content, setContent] = useState(empty);
  const [seenRefusals, setSeenRefusals] = useState(refusals);
  if (refusals !== seenRefusals) {
    setSeenRefusals(refusals);
    setContent(empty);
  }

  useEffect(() => {
    if (refusals > 0) input.current?.focus({ preventScroll: true });
  }, [refusals]);

  const take = (next: Content) => {
    setContent(next);
    if (next.text.length < LENGTH || next.text === sent.current) return;
    sent.current = next.text;
    onComplete(next.text);
  };

  const changed = (event: ChangeEvent<HTMLInputElement>) => {
    // Locked rather than disabled while a code is being checked: focus and the phone's keyboard stay.
    if (state === 'pending') return;
    const field = event.currentTarget;
    const { isComposing } = event.nativeEvent as InputEvent;
    // An input method is not to be disturbed halfway; what it ends with comes as one more event.
    if (isComposing) setContent(contentOf(field, field.value));
    else take(contentOf(field, readCode(field.value)));
  };

  const pasted = (event: ClipboardEvent<HTMLInputElement>) => {
    const code = readCode(event.clipboardData.getData('text'));
    // A whole code replaces what is there; anything shorter goes in where the caret is.
    if (code.length !== LENGTH || state === 'pending') return;
    event.preventDefault();
    take({ text: code, start: LENGTH, end: LENGTH });
  };

  const selected = (event: SyntheticEvent<HTMLInputElement>) => {
    const next = contentOf(event.currentTarget, content.text);
    setContent((now) => (now.start === next.start && now.end === next.end ? now : { ...now, ...next }));
  };

  const digits = readCode(content.text);
  const shown = state === 'wrong' && digits ? 'idle' : state;
  return (
    <div {...part('code-input', shown)} dir="ltr">
      <label {...part('hidden')} htmlFor={id}>
        {label}
      </label>
      <div {...part('code-cells')} aria-hidden="true">
        {Array.from({ length: LENGTH }, (_, at) => (
          <span key={at} {...part('code-cell', isCurrent(content, at) ? 'current' : digits[at] ? 'filled' : 'idle')}>
            {digits[at]}
          </span>
        ))}
      </div>
      <input
        {...part('input')}
        ref={input}
        id={id}
        name={name}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="done"
        data-mfa-first=""
        aria-invalid={shown === 'wrong'}
        aria-describedby={describedBy}
        aria-busy={state === 'pending'}
        value={content.text}
        onChange={changed}
        onCompositionEnd={(event) => take(contentOf(event.currentTarget, readCode(event.currentTarget.value)))}
        onPaste={pasted}
        onSelect={selected}
      />
    </div>
  );
}

/** The cell the caret is in, or each cell of a selection. */
const isCurrent = ({ start, end }: Content, at: number): boolean =>
  start === end ? at === Math.min(start, LENGTH - 1) : at >= start && at < end;

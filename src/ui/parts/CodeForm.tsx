import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Language } from '../messages/Language.js';
import { Button } from './Button.js';
import { CodeInput } from './CodeInput.js';
import { ErrorMessage } from './ErrorMessage.js';
import { part } from './part.js';
import { readCode } from './readCode.js';

/** How a code fares. */
export interface CodeFormState {
  status?: 'idle' | 'pending' | 'done';
  /** What went wrong, as a sentence. */
  error?: string | undefined;
  /** The code itself was refused: the field empties and says so. */
  isRefused?: boolean;
  /** Codes refused so far. */
  refusals?: number;
  onSubmit: (code: string) => void;
}

export interface CodeFormProps extends CodeFormState {
  language: Language;
  /** Said where errors are, while there is none. */
  hint?: string | undefined;
  /** In place of the button that sends the code. */
  instead?: ReactNode;
  children?: ReactNode;
}

/** Six digits, what is wrong with them, and the button. */
export function CodeForm({ language, status = 'idle', error, isRefused, refusals = 0, ...rest }: CodeFormProps) {
  const { hint, instead, children, onSubmit } = rest;
  const messageId = useId();
  const [isIncomplete, setIncomplete] = useState(false);

  const submit = (code: string) => {
    if (status !== 'idle') return;
    setIncomplete(code.length !== 6);
    if (code.length === 6) onSubmit(code);
  };
  const submitted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('otp');
    submit(field instanceof HTMLInputElement ? readCode(field.value) : '');
  };

  const problem = isIncomplete ? language.say('otp.incomplete') : error;
  return (
    <form {...part('form')} noValidate onSubmit={submitted}>
      <CodeInput
        label={language.say('otp.label')}
        state={status === 'idle' && isRefused ? 'wrong' : status}
        refusals={refusals}
        describedBy={messageId}
        onComplete={submit}
      />
      <ErrorMessage id={messageId} tone={problem ? 'error' : 'info'}>
        {problem ?? hint}
      </ErrorMessage>
      {children}
      {instead ?? (
        <Button variant="primary" type="submit" isPending={status === 'pending'}>
          {language.say('continue')}
        </Button>
      )}
    </form>
  );
}

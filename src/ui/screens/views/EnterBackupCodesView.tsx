import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../parts/Button.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { part } from '../../parts/part.js';
import { readRecoveryCode } from '../../parts/readCode.js';

export interface EnterBackupCodesViewProps {
  frame: FrameSettings;
  status?: 'idle' | 'pending' | 'done';
  error?: string | undefined;
  isRefused?: boolean;
  /** Codes refused so far: at each the field is selected, so that typing replaces it. */
  refusals?: number;
  /** Where somebody without codes can turn to. */
  support?: string | undefined;
  /** Gets the code without spaces and dashes. */
  onSubmit: (code: string) => void;
}

/** Codes of this kit have 16 symbols, or 10; other servers' may be shorter still, so the server decides about those. */
const SHORTEST = 8;

/** One field for one code, as it was printed or written down. */
export function EnterBackupCodesView(props: EnterBackupCodesViewProps) {
  const { frame, status = 'idle', error, isRefused = false, refusals = 0, support, onSubmit } = props;
  const say = frame.language.say;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isIncomplete, setIncomplete] = useState(false);
  const [isTyping, setTyping] = useState(false);

  useEffect(() => {
    if (refusals > 0) field.current?.select();
  }, [refusals]);

  const submitted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (status !== 'idle') return;
    const code = readRecoveryCode(field.current?.value ?? '');
    setIncomplete(code.length < SHORTEST);
    setTyping(false);
    if (code.length < SHORTEST) field.current?.focus();
    else onSubmit(code);
  };

  const isWrong = !isTyping && status === 'idle' && (isIncomplete || isRefused);
  return (
    <Frame frame={frame} name="EnterBackupCodes" mark="key" title={say('recovery.title')} help={say('recovery.help')}>
      <form {...part('form')} noValidate onSubmit={submitted}>
        <label {...part('hidden')} htmlFor={id}>
          {say('recovery.label')}
        </label>
        <input
          {...part('field', isWrong ? 'wrong' : status, 'code')}
          ref={field}
          id={id}
          name="recovery-code"
          type="text"
          dir="ltr"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="done"
          placeholder="XXXX XXXX …"
          data-mfa-first=""
          readOnly={status !== 'idle'}
          aria-invalid={isWrong}
          aria-describedby={`${id}-message`}
          onChange={() => setTyping(true)}
        />
        <ErrorMessage id={`${id}-message`}>{isIncomplete ? say('recovery.incomplete') : error}</ErrorMessage>
        <Button variant="primary" type="submit" isPending={status === 'pending'}>
          {say('continue')}
        </Button>
      </form>
      {support && <p {...part('notice')}>{say('recovery.support', { support })}</p>}
    </Frame>
  );
}

import { useMfa } from 'mfa-kit';
import { type FormEvent, useId, useState } from 'react';
import { useAttempt } from '../attempt.js';
import { Complaint } from '../shell/Complaint.js';
import type { ConfirmProps } from './Confirm.js';

interface ConfirmFormProps extends ConfirmProps {
  /** Without one, backup codes are all there is to type. */
  hasApp: boolean;
  /** There is a better way beside it. */
  isSecond: boolean;
}

/** A code from the app, or a backup code where the app is out of reach. */
export const ConfirmForm = ({ action, createMfaToken, onConfirmed, hasApp, isSecond }: ConfirmFormProps) => {
  const { authenticateDevice, authenticateRecoveryCode } = useMfa();
  const [wantsRecovery, setRecovery] = useState(false);
  const isRecovery = wantsRecovery || !hasApp;
  const [code, setCode] = useState('');
  const { run, isBusy, complaint } = useAttempt();
  const id = useId();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const proven = await run(() =>
      isRecovery
        ? authenticateRecoveryCode({ code, createMfaToken })
        : authenticateDevice({ code: digitsOf(code), createMfaToken }),
    );
    setCode('');
    if (proven) onConfirmed?.(proven.value);
  };

  return (
    <form className="own-form" onSubmit={(event) => void submit(event)} noValidate>
      <div className="field">
        <label htmlFor={id}>{isRecovery ? 'One of your backup codes' : 'Code from your authenticator app'}</label>
        <input
          id={id}
          key={String(isRecovery)}
          className="code-field"
          type="text"
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoComplete={isRecovery ? 'off' : 'one-time-code'}
          autoCapitalize="characters"
          spellCheck={false}
          dir="ltr"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-invalid={complaint !== ''}
          aria-describedby={`${id}-complaint`}
          required
        />
        <Complaint id={`${id}-complaint`}>{complaint}</Complaint>
      </div>
      <div className="row">
        <button type="submit" className="button" data-kind={isSecond ? undefined : 'primary'} aria-disabled={isBusy}>
          {isBusy ? 'Checking…' : action}
        </button>
        {hasApp ? (
          <button type="button" className="button" data-kind="plain" onClick={() => setRecovery(!isRecovery)}>
            {isRecovery ? 'Use the app' : 'Use a backup code'}
          </button>
        ) : null}
      </div>
    </form>
  );
};

const digitsOf = (typed: string): string => typed.replace(/\D/g, '');

import { useConnectWithOtp } from 'mfa-kit';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '../attempt.js';
import { Complaint } from '../shell/Complaint.js';
import { PageTitle } from '../shell/PageTitle.js';

export const TypeCode = ({ email, onOtherAddress }: { email: string; onOtherAddress: () => void }) => {
  const { verifyOneTimePassword, retryOneTimePassword } = useConnectWithOtp();
  const [code, setCode] = useState('');
  const { run, isBusy, complaint } = useAttempt();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // Whoever is signed in by this is shown by the session itself: nothing to do with the answer here.
    await run(() => verifyOneTimePassword(code.replace(/\D/g, '')));
  };

  const sendAgain = async (): Promise<void> => {
    if (await run(() => retryOneTimePassword())) setCode('');
  };

  return (
    <form className="sign-in" onSubmit={(event) => void submit(event)} noValidate>
      <PageTitle>Check your e-mail</PageTitle>
      <p>
        We sent a six-digit code to <bdi>{email}</bdi>.
      </p>
      <div className="field">
        <label htmlFor="sign-in-code">Code from the e-mail</label>
        <input
          id="sign-in-code"
          name="sign-in-code"
          className="code-field"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          dir="ltr"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-invalid={complaint !== ''}
          aria-describedby="code-complaint"
          ref={focusOnce}
          required
        />
        <Complaint id="code-complaint">{complaint}</Complaint>
      </div>
      <button type="submit" className="button" data-kind="primary" aria-disabled={isBusy}>
        {isBusy ? 'Checking…' : 'Sign in'}
      </button>
      <div className="row">
        <button type="button" className="button" data-kind="plain" onClick={() => void sendAgain()}>
          Send a new code
        </button>
        <button type="button" className="button" data-kind="plain" onClick={onOtherAddress}>
          Use another address
        </button>
      </div>
    </form>
  );
};

const focusOnce = (field: HTMLInputElement | null): void => field?.focus();

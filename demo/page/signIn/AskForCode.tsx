import { useConnectWithOtp } from 'mfa-kit';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '../attempt.js';
import { useOffered } from '../offered.js';
import { Complaint } from '../shell/Complaint.js';
import { PageTitle } from '../shell/PageTitle.js';
import { PasskeySignIn } from './PasskeySignIn.js';

export const AskForCode = ({ onSent }: { onSent: (email: string) => void }) => {
  const [email, setEmail] = useState('');
  const { connectWithEmail } = useConnectWithOtp();
  const isOffered = useOffered();
  const { run, isBusy, complaint } = useAttempt();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const address = email.trim();
    if (await run(() => connectWithEmail(address))) onSent(address);
  };

  return (
    <form className="sign-in" onSubmit={(event) => void submit(event)} noValidate>
      <PageTitle>Sign in to Harbor</PageTitle>
      <p>Type your work e-mail. New here? The same form makes your account.</p>
      <div className="field">
        <label htmlFor="email">Work e-mail</label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          placeholder="ada@example.com"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          aria-invalid={complaint !== ''}
          aria-describedby="email-complaint"
          required
        />
        <Complaint id="email-complaint">{complaint}</Complaint>
      </div>
      <button type="submit" className="button" data-kind="primary" aria-disabled={isBusy}>
        {isBusy ? 'Sending…' : 'Send me a code'}
      </button>
      {isOffered('passkey') ? <PasskeySignIn /> : null}
    </form>
  );
};

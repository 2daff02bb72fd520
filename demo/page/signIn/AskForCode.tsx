import { sendEmailOTP } from 'mfa-kit/client';
import { type FormEvent, useState } from 'react';
import { useAttempt } from '../attempt.js';
import { client } from '../client.js';
import { Complaint } from '../shell/Complaint.js';
import { PageTitle } from '../shell/PageTitle.js';
import type { SentCode } from './sentCode.js';

export const AskForCode = ({ onSent }: { onSent: (sent: SentCode) => void }) => {
  const [email, setEmail] = useState('');
  const { run, isBusy, complaint } = useAttempt();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const sent = await run(() => sendEmailOTP({ email: email.trim() }, client));
    if (sent) onSent(sent.value);
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
    </form>
  );
};

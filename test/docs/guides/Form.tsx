/** One field and what went wrong with it, for the guides. */
import { isMfaError } from 'mfa-kit';
import { useState } from 'react';

export const Form = ({ label, onSend }: { label: string; onSend: (value: string) => Promise<void> }) => {
  const [problem, setProblem] = useState('');
  const send = async (data: FormData) => {
    try {
      await onSend(String(data.get('value')));
    } catch (error) {
      setProblem(isMfaError(error, 'mfa_invalid_otp_error') ? 'Wrong code' : 'Try again');
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(new FormData(event.currentTarget));
      }}
    >
      <label>
        {label} <input name="value" />
      </label>
      <button>Send</button>
      <p role="alert">{problem}</p>
    </form>
  );
};

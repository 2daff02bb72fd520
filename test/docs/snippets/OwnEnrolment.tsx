import { isMfaError, useMfa, useRecoveryCodes, useTotpRegistration } from 'mfa-kit';
import { useState } from 'react';

export const OwnEnrolment = () => {
  const { data: app, error } = useTotpRegistration(); // the same secret through reload, back and StrictMode
  const { authenticateDevice } = useMfa();
  const [isConfirmed, setIsConfirmed] = useState(false);
  const [problem, setProblem] = useState('');

  if (isConfirmed) return <OwnRecoveryCodes />;
  if (error) return <p role="alert">An authenticator app could not be added just now.</p>;
  if (!app) return <p>One moment…</p>;

  const confirm = async (code: string) => {
    try {
      await authenticateDevice({ code, deviceId: app.id });
      setIsConfirmed(true);
    } catch (failure) {
      setProblem(isMfaError(failure, 'mfa_invalid_code') ? 'That code did not match.' : 'Try again in a moment.');
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void confirm(String(new FormData(event.currentTarget).get('code')));
      }}
    >
      <p>
        Type this key into your authenticator app: <code>{app.secret}</code>
      </p>
      <label>
        Six-digit code <input name="code" inputMode="numeric" autoComplete="one-time-code" />
      </label>
      <button>Confirm</button>
      <p role="alert">{problem}</p>
    </form>
  );
};

const OwnRecoveryCodes = () => {
  const { data } = useRecoveryCodes(); // shown until acknowledged, never again
  const { completeAcknowledgement } = useMfa();
  return (
    <>
      <ol>
        {data?.recoveryCodes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <button onClick={() => completeAcknowledgement()}>I saved them</button>
    </>
  );
};

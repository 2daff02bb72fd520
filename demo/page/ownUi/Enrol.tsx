import { useMfa } from 'mfa-kit';
import { type FormEvent, useId, useState } from 'react';
import { useAttempt } from '../attempt.js';
import { Complaint } from '../shell/Complaint.js';
import { QrDrawing } from './QrDrawing.js';

interface Pending {
  id: string;
  secret: string;
  uri: string;
}

/** An authenticator app with hooks alone; `isSecond` beside a better way. Asking twice gives the same secret, so a reload costs nothing. */
export const Enrol = ({ isSecond = false }: { isSecond?: boolean }) => {
  const { addDevice, authenticateDevice } = useMfa();
  const [pending, setPending] = useState<Pending>();
  const [code, setCode] = useState('');
  const { run, isBusy, complaint } = useAttempt();
  const id = useId();

  const begin = async (): Promise<void> => {
    const begun = await run(() => addDevice());
    if (begun) setPending(begun.value);
  };

  const confirm = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!pending) return;
    await run(() => authenticateDevice({ code: code.replace(/\D/g, ''), deviceId: pending.id }));
    setCode('');
  };

  if (!pending) {
    return (
      <div className="own-form">
        <p className="quiet">It takes about a minute and an authenticator app on your phone.</p>
        <Complaint id={`${id}-complaint`}>{complaint}</Complaint>
        <button
          type="button"
          className="button"
          data-kind={isSecond ? undefined : 'primary'}
          aria-disabled={isBusy}
          onClick={() => void begin()}
        >
          {isBusy ? 'One moment…' : 'Set up an authenticator app'}
        </button>
      </div>
    );
  }

  return (
    <ol className="own-enrol">
      <li>
        <p>Scan this with your authenticator app.</p>
        <QrDrawing uri={pending.uri} />
        <p className="small quiet">
          No camera? Type this key: <code className="own-key">{pending.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
      </li>
      <li>
        <form className="own-form" onSubmit={(event) => void confirm(event)} noValidate>
          <div className="field">
            <label htmlFor={id}>Type the code it shows</label>
            <input
              id={id}
              className="code-field"
              type="text"
              inputMode="numeric"
              autoComplete="one-time-code"
              dir="ltr"
              value={code}
              onChange={(event) => setCode(event.target.value)}
              aria-invalid={complaint !== ''}
              aria-describedby={`${id}-complaint`}
              required
            />
            <Complaint id={`${id}-complaint`}>{complaint}</Complaint>
          </div>
          <button type="submit" className="button" data-kind="primary" aria-disabled={isBusy}>
            {isBusy ? 'Checking…' : 'Turn it on'}
          </button>
        </form>
      </li>
    </ol>
  );
};

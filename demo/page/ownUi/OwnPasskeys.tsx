import { type UserPasskey, usePasskeys, useRemovePasskey, useRenamePasskey } from 'mfa-kit';
import { type FormEvent, useId, useState } from 'react';
import { useAttempt } from '../attempt.js';
import { useOffered } from '../offered.js';
import { since } from '../security/since.js';
import { Complaint } from '../shell/Complaint.js';
import { EnrolPasskey } from './EnrolPasskey.js';

/** The person's passkeys, to rename, remove and add to. */
export const OwnPasskeys = () => {
  const { data: passkeys = [] } = usePasskeys();
  const isOffered = useOffered();
  return (
    <section className="card" aria-labelledby="own-passkeys-title">
      <header>
        <h2 id="own-passkeys-title">Passkeys</h2>
        {passkeys.length > 0 ? (
          <span className="badge" data-kind="good">
            {passkeys.length} set up
          </span>
        ) : null}
      </header>
      <ul className="own-passkeys">
        {passkeys.map((passkey) => (
          <OwnPasskey key={passkey.id} passkey={passkey} />
        ))}
      </ul>
      {isOffered('passkey') ? (
        <EnrolPasskey action={passkeys.length > 0 ? 'Add another passkey' : 'Add a passkey'} />
      ) : null}
    </section>
  );
};

const OwnPasskey = ({ passkey }: { passkey: UserPasskey }) => {
  const { id: passkeyId, alias = '', createdAt, isSynced } = passkey;
  const { mutateAsync: rename } = useRenamePasskey();
  const { mutateAsync: remove } = useRemovePasskey();
  const [name, setName] = useState<string>();
  const { run, isBusy, complaint } = useAttempt();
  const id = useId();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (name === undefined || (await run(() => rename({ passkeyId, alias: name })))) setName(undefined);
  };

  return (
    <li>
      <form className="own-passkey" onSubmit={(event) => void submit(event)} noValidate>
        <div className="field">
          <label htmlFor={id}>Name of the passkey of {since(createdAt)}</label>
          <input
            id={id}
            type="text"
            dir="auto"
            maxLength={64}
            autoComplete="off"
            placeholder="Such as “Work laptop”"
            value={name ?? alias}
            onChange={(event) => setName(event.target.value)}
            aria-describedby={`${id}-complaint`}
          />
          <span className="quiet small">{isSynced ? 'Synced to your other devices' : 'On one device only'}</span>
        </div>
        <div className="row">
          <button type="submit" className="button" aria-disabled={isBusy}>
            Rename
          </button>
          <button
            type="button"
            className="button"
            aria-disabled={isBusy}
            onClick={() => void run(() => remove({ passkeyId }))}
          >
            Remove
          </button>
        </div>
        <Complaint id={`${id}-complaint`}>{complaint}</Complaint>
      </form>
    </li>
  );
};

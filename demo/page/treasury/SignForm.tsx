import { type FormEvent, useState } from 'react';
import type { SignedMessage } from '../../treasury.js';
import { ApprovalNote } from './ApprovalNote.js';
import { CopyButton } from './CopyButton.js';
import { TypedWrongError } from './refusals.js';
import { useApproval } from './useApproval.js';
import type { TreasuryCalls } from './useTreasuryCalls.js';

interface Signed extends SignedMessage {
  /** What this page found out by itself, from message, address and signature alone. */
  isVerified: boolean;
}

/** Signs a message. One approval counts for ten minutes. */
export const SignForm = ({ sign }: { sign: TreasuryCalls['sign'] }) => {
  const [message, setMessage] = useState('');
  const { approval, run, isBusy } = useApproval<Signed>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await run(async () => {
      if (message.trim() === '') throw new TypedWrongError('Type what you want to sign.');
      const signed = await sign(message);
      const { verifyMessage } = await import('viem/utils');
      return { ...signed, isVerified: await verifyMessage(signed) };
    });
  };

  return (
    <section className="card" aria-labelledby="sign-title">
      <header>
        <h2 id="sign-title">Sign a message</h2>
        <span className="badge">Approved for 10 minutes</span>
      </header>
      <form className="treasury-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="field">
          <label htmlFor="sign-message">Message</label>
          <textarea
            id="sign-message"
            rows={3}
            maxLength={1000}
            placeholder="We confirm berth 4 from Monday."
            value={message}
            onChange={(event) => setMessage(event.target.value)}
            aria-invalid={approval.state === 'refused'}
            aria-describedby="sign-complaint"
            required
          />
        </div>
        <button type="submit" className="button" data-kind="primary" aria-disabled={isBusy}>
          {isBusy ? 'Signing…' : 'Sign'}
        </button>
        <ApprovalNote
          id="sign-complaint"
          approval={approval}
          cancelled="Nothing was signed. Your message is still here."
          done={(signed) => (
            <span className="token">
              <strong>
                {signed.isVerified ? 'Signed, and the signature verifies' : 'The signature does not verify'}
              </strong>
              <span className="small quiet">“{signed.message}”</span>
              <code className="treasury-hex">{signed.signature}</code>
            </span>
          )}
        />
        {approval.state === 'done' ? (
          <div className="row">
            <CopyButton text={approval.value.signature} what="the signature" />
          </div>
        ) : null}
      </form>
    </section>
  );
};

import { type FormEvent, useState } from 'react';
import type { Delegate } from '../../treasury.js';
import { ApprovalNote } from './ApprovalNote.js';
import { shortAddress } from './marks.js';
import { TypedWrongError } from './refusals.js';
import { addressTyped } from './typed.js';
import { useApproval } from './useApproval.js';
import type { TreasuryCalls } from './useTreasuryCalls.js';

const empty = { label: '', address: '' };

interface DelegatesProps extends Pick<TreasuryCalls, 'approve' | 'revoke'> {
  delegates: readonly Delegate[];
}

/** Who else may act. Each change leaves the key to be dealt anew. */
export const Delegates = ({ delegates, approve, revoke }: DelegatesProps) => {
  const [typed, setTyped] = useState(empty);
  const { approval, run, isBusy } = useApproval<string>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const label = typed.label.trim();
    const isDone = await run(async () => {
      if (label === '') throw new TypedWrongError('Give the delegate a name you will recognise.');
      await approve(await addressTyped(typed.address), label);
      return `${label} may act for you. Their share of the key waits to be dealt.`;
    });
    if (isDone) setTyped(empty);
  };

  const remove = ({ address, label }: Delegate): Promise<boolean> =>
    run(async () => {
      await revoke(address);
      return `${label} may no longer act for you.`;
    });

  return (
    <section className="card stack" aria-labelledby="delegates-title">
      <header>
        <h2 id="delegates-title">Delegates</h2>
        <span className="badge">Approved each time</span>
      </header>
      {delegates.length === 0 ? (
        <p className="quiet">Nobody but you. A delegate signs when you are at sea.</p>
      ) : (
        <ul className="ledger">
          {delegates.map((delegate) => (
            <li key={delegate.address}>
              <span>
                <span className="factor-title">
                  {delegate.label}
                  <span className="badge" data-kind={delegate.hasShare ? 'good' : 'warning'}>
                    {delegate.hasShare ? 'Holds a share' : 'Share waits'}
                  </span>
                </span>
                <code className="quiet" title={delegate.address}>
                  {shortAddress(delegate.address)}
                </code>
              </span>
              <button type="button" className="button" aria-disabled={isBusy} onClick={() => void remove(delegate)}>
                Revoke<span className="visually-hidden"> {delegate.label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="treasury-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="field">
          <label htmlFor="delegate-label">Name</label>
          <input
            id="delegate-label"
            type="text"
            autoComplete="off"
            maxLength={40}
            placeholder="Mira Okafor"
            value={typed.label}
            onChange={(event) => setTyped({ ...typed, label: event.target.value })}
            aria-describedby="delegate-complaint"
            required
          />
        </div>
        <div className="field">
          <label htmlFor="delegate-address">Their address</label>
          <input
            id="delegate-address"
            className="address-field"
            type="text"
            autoComplete="off"
            spellCheck={false}
            placeholder="0x…"
            dir="ltr"
            value={typed.address}
            onChange={(event) => setTyped({ ...typed, address: event.target.value })}
            aria-invalid={approval.state === 'refused'}
            aria-describedby="delegate-complaint"
            required
          />
        </div>
        <button type="submit" className="button" aria-disabled={isBusy}>
          {isBusy ? 'Working…' : 'Approve delegate'}
        </button>
        <ApprovalNote
          id="delegate-complaint"
          approval={approval}
          cancelled="Nothing changed. The form is as you left it."
          done={(sentence) => <span className="small">{sentence}</span>}
        />
      </form>
    </section>
  );
};

import { type FormEvent, useState } from 'react';
import type { HistoryEntry, TreasuryAccount } from '../../treasury.js';
import { ApprovalNote } from './ApprovalNote.js';
import { marks, shortAddress } from './marks.js';
import { orderTyped } from './typed.js';
import { useApproval } from './useApproval.js';
import type { TreasuryCalls } from './useTreasuryCalls.js';

const empty = { to: '', amount: '', note: '' };

/** Pays somebody. Approved once, for this payee and this amount. */
export const SendForm = ({ payees, send }: { payees: TreasuryAccount['payees']; send: TreasuryCalls['send'] }) => {
  const [typed, setTyped] = useState(empty);
  const { approval, run, isBusy } = useApproval<HistoryEntry>();
  const { to, amount, note } = typed;
  const nameOf = (address: string): string =>
    payees.find((payee) => payee.address === address)?.name ?? shortAddress(address);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await run(async () => send(await orderTyped(to, amount, note)))) setTyped(empty);
  };
  const isRefused = approval.state === 'refused';

  return (
    <section className="card" aria-labelledby="send-title">
      <header>
        <h2 id="send-title">Send</h2>
        <span className="badge">Approved each time</span>
      </header>
      <form className="treasury-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="field">
          <label htmlFor="send-to">To</label>
          <input
            id="send-to"
            className="address-field"
            type="text"
            autoComplete="off"
            spellCheck={false}
            placeholder="0x…"
            dir="ltr"
            value={to}
            onChange={(event) => setTyped({ ...typed, to: event.target.value })}
            aria-invalid={isRefused}
            aria-describedby="send-complaint"
            required
          />
          <ul className="payees" aria-label="People you pay">
            {payees.map((payee) => (
              <li key={payee.address}>
                <button
                  type="button"
                  className="payee"
                  aria-pressed={payee.address === to}
                  onClick={() => setTyped({ ...typed, to: payee.address })}
                >
                  {payee.name}
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div className="treasury-pair">
          <div className="field">
            <label htmlFor="send-amount">Amount in HM</label>
            <input
              id="send-amount"
              className="figure"
              type="text"
              inputMode="decimal"
              autoComplete="off"
              placeholder="250.00"
              value={amount}
              onChange={(event) => setTyped({ ...typed, amount: event.target.value })}
              aria-invalid={isRefused}
              aria-describedby="send-complaint"
              required
            />
          </div>
          <div className="field">
            <label htmlFor="send-note">Note</label>
            <input
              id="send-note"
              type="text"
              autoComplete="off"
              maxLength={80}
              placeholder="Invoice 2207"
              value={note}
              onChange={(event) => setTyped({ ...typed, note: event.target.value })}
            />
          </div>
        </div>
        <button type="submit" className="button" data-kind="primary" aria-disabled={isBusy}>
          {isBusy ? 'Sending…' : 'Send'}
        </button>
        <ApprovalNote
          id="send-complaint"
          approval={approval}
          cancelled="Nothing was sent. The form is as you left it."
          done={(entry) => (
            <span className="token">
              <strong>
                {marks(entry.amount)} sent to {nameOf(entry.party ?? '')}
              </strong>
              <span className="small">Signed with your key, verified, and booked.</span>
            </span>
          )}
        />
      </form>
    </section>
  );
};

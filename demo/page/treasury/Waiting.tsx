import type { TreasuryAccount } from '../../treasury.js';
import { ApprovalNote } from './ApprovalNote.js';
import { marks } from './marks.js';
import { useApproval } from './useApproval.js';
import type { TreasuryCalls } from './useTreasuryCalls.js';

/** What still has to be done: reshares left by a change of delegates, and a wallet that waits to be claimed. */
export const Waiting = (
  props: Pick<TreasuryAccount, 'waiting' | 'prepared'> & Pick<TreasuryCalls, 'reshare' | 'claim'>,
) => {
  const { waiting, prepared, reshare, claim } = props;
  const { approval, run, isBusy } = useApproval<string>();
  const left = waiting.length + (prepared ? 1 : 0);
  if (left === 0 && approval.state !== 'done') return null;

  return (
    <section className="card treasury-waiting" aria-labelledby="waiting-title">
      <header>
        <h2 id="waiting-title">Waits for you</h2>
        <span className="badge" data-kind={left > 0 ? 'warning' : 'good'}>
          {left > 0 ? `${left} to do` : 'All done'}
        </span>
      </header>
      <ul className="ledger">
        {waiting.map(({ id, summary }) => (
          <li key={id}>
            <span>
              <span className="ledger-name">{summary}</span>
              <span className="quiet small">Left by a change of delegates, and asked for when you sign in</span>
            </span>
            <button
              type="button"
              className="button"
              aria-disabled={isBusy}
              onClick={() => void run(() => reshare(id).then(() => 'The key was dealt anew.'))}
            >
              Deal anew<span className="visually-hidden">: {summary}</span>
            </button>
          </li>
        ))}
        {prepared ? (
          <li>
            <span>
              <span className="ledger-name">A wallet with {marks(prepared.balance)}</span>
              <span className="quiet small">Harbor prepared it for you. Its marks move to your account</span>
            </span>
            <button
              type="button"
              className="button"
              aria-disabled={isBusy}
              onClick={() => void run(() => claim().then(({ amount }) => `${marks(amount)} are yours.`))}
            >
              Claim<span className="visually-hidden"> the prepared wallet</span>
            </button>
          </li>
        ) : null}
      </ul>
      <ApprovalNote
        id="waiting-complaint"
        approval={approval}
        cancelled="Nothing changed. It waits here for you."
        done={(sentence) => <span className="small">{sentence}</span>}
      />
    </section>
  );
};

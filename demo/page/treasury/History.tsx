import type { TreasuryAccount } from '../../treasury.js';
import { marks, shortAddress } from './marks.js';

const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** Every line of the book that names this account, newest first. */
export const History = ({ history, payees }: Pick<TreasuryAccount, 'history' | 'payees'>) => {
  const nameOf = (party: string | null): string => {
    if (party === null) return 'Harbor';
    return payees.find(({ address }) => address === party)?.name ?? shortAddress(party);
  };
  return (
    <section className="card treasury-wide" aria-labelledby="history-title">
      <header>
        <h2 id="history-title">History</h2>
        <span className="quiet small">{history.length === 1 ? 'Nothing sent yet' : `${history.length} entries`}</span>
      </header>
      <ul className="ledger">
        {history.map((entry) => (
          <li key={entry.id} className="treasury-entry">
            <span>
              <span className="ledger-name">{nameOf(entry.party)}</span>
              <span className="quiet small">{entry.note || 'No note'}</span>
            </span>
            <span className="treasury-entry-date quiet small">{moment.format(entry.bookedAt)}</span>
            <span className="treasury-entry-signature quiet small">
              {entry.signature ? <code title={entry.signature}>{shortAddress(entry.signature)}</code> : 'Opening'}
            </span>
            <span className="figure">
              {entry.direction === 'in' ? '+' : '−'}
              {marks(entry.amount)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

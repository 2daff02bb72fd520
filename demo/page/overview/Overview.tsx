import { PageTitle } from '../shell/PageTitle.js';
import { accounts, dues, total, transfers } from './ledger.js';
import { dateIn, money, roundMoney, signedMoney } from './money.js';
import { TideChart } from './TideChart.js';

export const Overview = () => (
  <div className="overview">
    <section className="card overview-level">
      <PageTitle isQuiet>In harbor today</PageTitle>
      <p className="overview-total">{money(total)}</p>
      <p className="quiet">
        <strong className="overview-rise figure">+{roundMoney(53_300_00)}</strong> this week. Lowest ahead:{' '}
        <span className="figure">{roundMoney(1016_000_00)}</span>, when VAT goes out.
      </p>
      <TideChart />
    </section>

    <section className="card" aria-labelledby="accounts-title">
      <header>
        <h2 id="accounts-title">Accounts</h2>
        <span className="quiet small">4 accounts, 2 banks</span>
      </header>
      <ul className="ledger">
        {accounts.map((account) => (
          <li key={account.name}>
            <span>
              <span className="ledger-name">{account.name}</span>
              <span className="quiet small">
                {account.bank}, {account.detail}
              </span>
            </span>
            <span className="figure">{money(account.balance)}</span>
            <span className="ledger-share" aria-hidden="true">
              <svg viewBox="0 0 100 4" preserveAspectRatio="none">
                <rect width={(account.balance / total) * 100} height="4" rx="2" fill="var(--accent)" />
              </svg>
            </span>
          </li>
        ))}
      </ul>
    </section>

    <section className="card" aria-labelledby="dues-title">
      <header>
        <h2 id="dues-title">Next two weeks</h2>
      </header>
      <ul className="ledger">
        {dues.map((due) => (
          <li key={due.id}>
            <span>
              <span className="ledger-name">{due.what}</span>
              <span className="quiet small">{dateIn(due.inDays)}</span>
            </span>
            <span className="figure">{signedMoney(due.amount)}</span>
          </li>
        ))}
      </ul>
    </section>

    <section className="card overview-transfers" aria-labelledby="transfers-title">
      <header>
        <h2 id="transfers-title">Recent transfers</h2>
      </header>
      <ul className="ledger">
        {transfers.map((transfer) => (
          <li key={transfer.id} className="transfer">
            <span>
              <span className="ledger-name">{transfer.party}</span>
              <span className="quiet small">{transfer.purpose}</span>
            </span>
            <span className="transfer-date quiet small">
              {transfer.daysAgo === 0 ? 'Today' : dateIn(-transfer.daysAgo)}
            </span>
            <span className="transfer-status">
              {transfer.status === 'settled' ? (
                <span className="badge">Settled</span>
              ) : (
                <span className="badge" data-kind="warning">
                  Awaiting approval
                </span>
              )}
            </span>
            <span className="figure">{signedMoney(transfer.amount)}</span>
          </li>
        ))}
      </ul>
    </section>
  </div>
);

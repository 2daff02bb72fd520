import type { TreasuryAccount } from '../../treasury.js';
import { ContourMap } from '../art/ContourMap.js';
import { PageTitle } from '../shell/PageTitle.js';
import { CopyButton } from './CopyButton.js';
import { marks } from './marks.js';

/** The account at a glance, over the chart of the sign-in page. */
export const AccountCard = ({ account }: { account: TreasuryAccount | undefined }) => (
  <section className="treasury-account" aria-busy={account === undefined} aria-label="Your account">
    <ContourMap />
    <PageTitle isQuiet>Treasury</PageTitle>
    <p className="treasury-balance figure">
      {account ? marks(account.balance) : <span className="skeleton treasury-skeleton" />}
    </p>
    <p className="small">Harbor marks, which only this demo knows. The key and every signature are real.</p>
    <div className="treasury-address">
      <span className="small">Your address</span>
      {account ? <code>{account.address}</code> : <span className="skeleton treasury-skeleton" />}
      {account ? <CopyButton text={account.address} what="your address" /> : null}
    </div>
  </section>
);

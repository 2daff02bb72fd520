import { AccountCard } from './AccountCard.js';
import { AttackersDesk } from './AttackersDesk.js';
import { Delegates } from './Delegates.js';
import { ExportKey } from './ExportKey.js';
import { History } from './History.js';
import { SendForm } from './SendForm.js';
import { SignForm } from './SignForm.js';
import { useTreasury } from './useTreasury.js';
import { useTreasuryCalls } from './useTreasuryCalls.js';
import { useWiretap } from './useWiretap.js';
import { Waiting } from './Waiting.js';

/** An account with a real key: everything that moves money or the key asks for the second step. */
export const Treasury = () => {
  const { account, hasFailed, load } = useTreasury();
  const { pass, ...wiretap } = useWiretap();
  const calls = useTreasuryCalls(pass);
  return (
    <div className="treasury">
      <AccountCard account={account} />
      {hasFailed ? (
        <section className="card stack treasury-wide" role="alert">
          <p className="complaint">Your account could not be read. What is shown may be old.</p>
          <div className="row">
            <button type="button" className="button" onClick={() => void load()}>
              Try again
            </button>
          </div>
        </section>
      ) : null}
      {account ? (
        <>
          <Waiting waiting={account.waiting} prepared={account.prepared} reshare={calls.reshare} claim={calls.claim} />
          <SendForm payees={account.payees} send={calls.send} />
          <SignForm sign={calls.sign} />
          <Delegates delegates={account.delegates} approve={calls.approve} revoke={calls.revoke} />
          <ExportKey exportKey={calls.exportKey} />
          <History history={account.history} payees={account.payees} />
          <AttackersDesk wiretap={wiretap} load={load} balance={account.balance} />
        </>
      ) : null}
    </div>
  );
};

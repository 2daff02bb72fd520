import { useState } from 'react';
import type { Hex } from '../../treasury.js';
import { ApprovalNote } from './ApprovalNote.js';
import { CopyButton } from './CopyButton.js';
import { useApproval } from './useApproval.js';
import type { TreasuryCalls } from './useTreasuryCalls.js';

/** Hands out the private key, to a passkey alone. It is on this page until it is put away or the page is left. */
export const ExportKey = ({ exportKey }: { exportKey: TreasuryCalls['exportKey'] }) => {
  const { approval, run, forget, isBusy } = useApproval<{ privateKey: Hex }>();
  const [isShown, setShown] = useState(false);

  const putAway = (): void => {
    setShown(false);
    forget();
  };

  return (
    <section className="card stack" aria-labelledby="export-title">
      <header>
        <h2 id="export-title">Export the private key</h2>
        <span className="badge">Passkey only</span>
      </header>
      <p className="treasury-warning small">
        Whoever reads this key owns the account, now and later. Nobody at Harbor will ever ask you for it. A code can be
        talked out of you, so only a passkey opens this.
      </p>
      {approval.state === 'done' ? (
        <div className="stack">
          <div className="field">
            <span className="treasury-label" id="export-key-label">
              Private key
            </span>
            <code className="treasury-hex treasury-key" aria-labelledby="export-key-label">
              {isShown ? approval.value.privateKey : '•'.repeat(24)}
            </code>
          </div>
          <div className="row">
            <button type="button" className="button" onClick={() => setShown(!isShown)}>
              {isShown ? 'Hide' : 'Show'}
            </button>
            <CopyButton text={approval.value.privateKey} what="the private key" />
            <button type="button" className="button" data-kind="plain" onClick={putAway}>
              Put it away
            </button>
          </div>
        </div>
      ) : (
        <div className="row">
          <button
            type="button"
            className="button"
            aria-disabled={isBusy}
            aria-describedby="export-complaint"
            onClick={() => void run(exportKey)}
          >
            {isBusy ? 'Opening…' : 'Export private key'}
          </button>
        </div>
      )}
      <ApprovalNote id="export-complaint" approval={approval} cancelled="The key stayed where it is." />
    </section>
  );
};

import { MfaCancelledError, usePromptMfaAuth } from 'mfa-kit';
import { useState } from 'react';
import { complaintAbout } from '../complaints.js';
import { Complaint } from '../shell/Complaint.js';

type Outcome =
  | { kind: 'token'; isSingleUse: boolean }
  | { kind: 'closed'; reason: string }
  | { kind: 'failed'; complaint: string };

/** Asks for a proof as a protected action would, and says what came of it. The token itself is never shown. */
export const ConfirmItsYou = () => {
  const promptMfaAuth = usePromptMfaAuth();
  const [outcome, setOutcome] = useState<Outcome>();

  const ask = async (singleUse: boolean): Promise<void> => {
    setOutcome(undefined);
    try {
      const token = await promptMfaAuth({ createMfaToken: { singleUse } });
      setOutcome(
        token ? { kind: 'token', isSingleUse: singleUse } : { kind: 'failed', complaint: 'No token came back.' },
      );
    } catch (error) {
      setOutcome(
        error instanceof MfaCancelledError
          ? { kind: 'closed', reason: error.reason }
          : { kind: 'failed', complaint: complaintAbout(error) },
      );
    }
  };

  return (
    <section className="card" aria-labelledby="confirm-title">
      <header>
        <h2 id="confirm-title">Confirm it’s you</h2>
      </header>
      <p className="quiet">Before money moves, Harbor asks once more that it is you. Try both kinds of approval.</p>
      <div className="row">
        <button type="button" className="button" data-kind="primary" onClick={() => void ask(true)}>
          Approve once
        </button>
        <button type="button" className="button" onClick={() => void ask(false)}>
          Approve for a while
        </button>
      </div>
      <output>
        {outcome?.kind === 'token' ? (
          <span className="token">
            <strong>{outcome.isSingleUse ? 'A single-use token' : 'A persistent token'}</strong>
            <span className="small">
              {outcome.isSingleUse
                ? 'Good for one action within two minutes.'
                : 'Good for protected actions for up to an hour, or until you sign out.'}
            </span>
          </span>
        ) : null}
        {outcome?.kind === 'closed' ? (
          <span className="quiet">
            Closed without approving, reason <code>{outcome.reason}</code>. Nothing happened.
          </span>
        ) : null}
      </output>
      <Complaint id="confirm-complaint">{outcome?.kind === 'failed' ? outcome.complaint : ''}</Complaint>
    </section>
  );
};

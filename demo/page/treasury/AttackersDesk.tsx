import { useState } from 'react';
import { Complaint } from '../shell/Complaint.js';
import { type Attack, type AttackOutcome, amountIn, carryOut, titles } from './attacks.js';
import { CapturedView } from './CapturedView.js';
import { useApproval } from './useApproval.js';
import type { CapturedRequest, Wiretap } from './useWiretap.js';

interface AttackersDeskProps {
  wiretap: Omit<Wiretap, 'pass'>;
  load: () => Promise<void>;
  balance: string;
}

/** The other side of the page: what malware in it, with the session in its hands, would get. */
export const AttackersDesk = ({ wiretap, load, balance }: AttackersDeskProps) => {
  const [captured, setCaptured] = useState<CapturedRequest>();
  const [isEmpty, setEmpty] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly AttackOutcome[]>([]);
  const { approval, run, isBusy } = useApproval<void>();

  const capture = (): void => {
    setCaptured(wiretap.last);
    setEmpty(wiretap.last === undefined);
    setOutcomes([]);
  };
  const attack = (kind: Attack, request: CapturedRequest): Promise<boolean> =>
    run(async () => {
      const outcome = await carryOut(kind, request, balance);
      setOutcomes((before) => [outcome, ...before].slice(0, 4));
      await load();
    });
  const attacks: readonly Attack[] =
    captured && amountIn(captured) !== undefined ? ['again', 'otherAmount', 'noProof'] : ['again', 'noProof'];

  return (
    <section className="desk treasury-wide" aria-labelledby="desk-title">
      <header>
        <h2 id="desk-title">Attacker’s desk</h2>
        <p className="quiet">
          Suppose malware sits in this page. It sees your requests, and your session goes wherever it sends them. Send
          something above, then try to steal with it.
        </p>
      </header>
      <div className="row">
        <button type="button" className="button" onClick={capture}>
          Capture my last request
        </button>
        <label className="choice">
          <input type="checkbox" checked={wiretap.isHolding} onChange={(event) => wiretap.hold(event.target.checked)} />
          Hold my next one back, its proof unspent
        </label>
      </div>
      <output>
        {isEmpty ? <span className="quiet">Nothing to capture yet. Send or sign something first.</span> : null}
      </output>
      {captured ? (
        <div className="desk-work">
          <CapturedView request={captured} />
          <div className="stack">
            <ul className="desk-attacks" aria-label="What to try">
              {attacks.map((kind) => (
                <li key={kind}>
                  <button
                    type="button"
                    className="button"
                    aria-disabled={isBusy}
                    onClick={() => void attack(kind, captured)}
                  >
                    {titles[kind]}
                  </button>
                </li>
              ))}
            </ul>
            <ol className="desk-outcomes" aria-live="polite" aria-label="What Harbor answered">
              {outcomes.map((outcome, index) => (
                <li key={outcomes.length - index}>
                  <span className="desk-verdict">
                    <span className="badge figure" data-kind={outcome.code ? 'warning' : 'good'}>
                      {outcome.status}
                    </span>
                    <strong>{titles[outcome.attack]}</strong>
                  </span>
                  {outcome.code ? <code>{outcome.code}</code> : null}
                  <span className="quiet">{outcome.why}</span>
                </li>
              ))}
            </ol>
          </div>
        </div>
      ) : null}
      <Complaint id="desk-complaint">{approval.state === 'refused' ? approval.complaint : ''}</Complaint>
    </section>
  );
};

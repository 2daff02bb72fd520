import { isMfaError, useMfa } from 'mfa-kit';
import { useState } from 'react';
import { useAttempt } from '../attempt.js';
import { Complaint } from '../shell/Complaint.js';
import { Confirm } from './Confirm.js';

/**
 * Shows the codes that wait to be saved and lets the person say that they are. `isNewSet` asks for new ones; the old
 * ones stay good until then.
 */
export const SaveCodes = ({ isNewSet = false, onSaved }: { isNewSet?: boolean; onSaved?: () => void }) => {
  const { getRecoveryCodes, completeAcknowledgement } = useMfa();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [isTicked, setTicked] = useState(false);
  const [isProofWanted, setProofWanted] = useState(false);
  const { run, isBusy, complaint } = useAttempt();

  const load = async (): Promise<void> => {
    const loaded = await run(async () => {
      try {
        return await getRecoveryCodes(isNewSet);
      } catch (error) {
        if (!isMfaError(error, 'elevated_access_token_required')) throw error;
        setProofWanted(true);
        return [];
      }
    });
    if (loaded) setCodes(loaded.value);
  };

  const finish = async (): Promise<void> => {
    if (await run(() => completeAcknowledgement())) onSaved?.();
  };

  const proven = (): void => {
    setProofWanted(false);
    void load();
  };

  if (isProofWanted) {
    return (
      <>
        <p className="quiet">
          It is a while since you last confirmed that it is you. Do so once more to see the codes.
        </p>
        <Confirm action="Show my codes" onConfirmed={proven} />
      </>
    );
  }
  if (codes.length === 0) {
    return (
      <div className="own-form">
        <p className="quiet">Ten codes let you in when your devices are away. Each works once.</p>
        <Complaint id="codes-complaint">{complaint}</Complaint>
        <button type="button" className="button" data-kind="primary" aria-disabled={isBusy} onClick={() => void load()}>
          {isNewSet ? 'Make new backup codes' : 'Show my backup codes'}
        </button>
      </div>
    );
  }
  return (
    <div className="own-form">
      <ol className="own-codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <label className="choice">
        <input type="checkbox" checked={isTicked} onChange={(event) => setTicked(event.target.checked)} />I wrote them
        down or printed them
      </label>
      <Complaint id="codes-complaint">{complaint}</Complaint>
      <button
        type="button"
        className="button"
        data-kind="primary"
        disabled={!isTicked}
        aria-disabled={isBusy}
        onClick={() => void finish()}
      >
        Done
      </button>
    </div>
  );
};

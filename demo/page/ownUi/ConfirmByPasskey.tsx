import { useAuthenticatePasskey, usePasskeyAuthentication } from 'mfa-kit';
import { useAttempt } from '../attempt.js';
import { FingerMark } from '../security/marks.js';
import { Complaint } from '../shell/Complaint.js';
import type { ConfirmProps } from './Confirm.js';

/** A passkey instead of a code. A cancelled one is no mistake: the button is there for another click. */
export const ConfirmByPasskey = ({ createMfaToken, onConfirmed }: ConfirmProps) => {
  const { data, isFetching } = usePasskeyAuthentication();
  const { mutateAsync: authenticate } = useAuthenticatePasskey();
  const { run, isBusy, complaint, isCalm } = useAttempt();
  const prepared = isFetching ? undefined : data;

  const confirm = (): void => {
    const credential = prepared?.start();
    void run(async () => {
      const { mfaToken } = await authenticate({ credential, createMfaToken });
      onConfirmed?.(mfaToken);
    });
  };

  return (
    <div className="own-form">
      <button type="button" className="button" data-kind="primary" aria-disabled={isBusy} onClick={confirm}>
        <FingerMark size={20} />
        {isBusy ? 'Your browser is asking…' : 'Use my passkey'}
      </button>
      <Complaint id="own-confirm-complaint" isCalm={isCalm}>
        {complaint}
      </Complaint>
    </div>
  );
};

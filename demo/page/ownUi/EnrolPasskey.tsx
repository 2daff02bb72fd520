import { useAddPasskey, usePasskeyCapabilities, usePasskeyRegistration } from 'mfa-kit';
import { useAttempt } from '../attempt.js';
import { complaintFor } from '../complaints.js';
import { FingerMark } from '../security/marks.js';
import { Complaint } from '../shell/Complaint.js';

interface EnrolPasskeyProps {
  /** What the button says. */
  action: string;
  isPrimary?: boolean;
}

/** A passkey with hooks alone: everything is prepared before the click, because Safari forgets a click with the first wait. */
export const EnrolPasskey = ({ action, isPrimary = false }: EnrolPasskeyProps) => {
  const { support } = usePasskeyCapabilities();
  const { data, isFetching, refetch } = usePasskeyRegistration();
  const { mutateAsync: addPasskey } = useAddPasskey();
  const { run, isBusy, complaint, isCalm } = useAttempt();
  const prepared = isFetching ? undefined : data;

  const add = (): void => {
    const credential = prepared?.start();
    void run(async () => {
      await addPasskey({ credential });
      // Each of its own: the next one is prepared for a next click.
      void refetch();
    });
  };

  if (support === 'unsupported') return <p className="quiet">{complaintFor('passkey_not_supported')}</p>;
  if (support === 'insecure_context') return <p className="quiet">{complaintFor('insecure_context')}</p>;
  return (
    <div className="own-form">
      <button
        type="button"
        className="button"
        data-kind={isPrimary ? 'primary' : undefined}
        aria-disabled={isBusy}
        onClick={add}
      >
        <FingerMark size={20} />
        {isBusy ? 'Your browser is asking…' : action}
      </button>
      <Complaint id="own-passkey-complaint" isCalm={isCalm}>
        {complaint}
      </Complaint>
    </div>
  );
};

import { usePasskeyCapabilities, usePasskeySignIn, useSignInWithPasskey } from 'mfa-kit';
import { useAttempt } from '../attempt.js';
import { complaintFor } from '../complaints.js';
import { FingerMark } from '../security/marks.js';
import { Complaint } from '../shell/Complaint.js';

/** The way in without a code, where this browser has one. */
export const PasskeySignIn = () => {
  const { support } = usePasskeyCapabilities();
  if (support === 'supported') return <PasskeyButton />;
  return <p className="small quiet">{obstacles[support]}</p>;
};

const obstacles = {
  unsupported: complaintFor('passkey_not_supported'),
  insecure_context: complaintFor('insecure_context'),
  cross_origin_frame: complaintFor('passkey_in_frame'),
};

const PasskeyButton = () => {
  const { data, isFetching, refetch } = usePasskeySignIn();
  const signInWithPasskey = useSignInWithPasskey();
  const { run, isBusy, complaint, isCalm } = useAttempt();
  const prepared = isFetching ? undefined : data;

  const signIn = (): void => {
    // Begun in the click itself, or Safari opens nothing. Whoever clicks before all is at hand waits a moment longer.
    const credential = prepared?.start();
    void run(async () => {
      try {
        await signInWithPasskey({ credential });
      } catch (error) {
        // A challenge is good for one try.
        void refetch();
        throw error;
      }
    });
  };

  return (
    <div className="passkey-way">
      <button type="button" className="button" aria-disabled={isBusy} onClick={signIn}>
        <FingerMark size={20} />
        {isBusy ? 'Waiting for your passkey…' : 'Sign in with a passkey'}
      </button>
      <Complaint id="passkey-complaint" isCalm={isCalm}>
        {complaint}
      </Complaint>
    </div>
  );
};

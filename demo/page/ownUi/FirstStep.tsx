import { usePasskeyCapabilities } from 'mfa-kit';
import { useOffered } from '../offered.js';
import { Enrol } from './Enrol.js';
import { EnrolPasskey } from './EnrolPasskey.js';

/** A first second step: a passkey, an authenticator app, or whichever of them the policy offers. */
export const FirstStep = () => {
  const isOffered = useOffered();
  const { support } = usePasskeyCapabilities();
  const hasPasskey = isOffered('passkey');
  const hasApp = isOffered('totp');
  return (
    <>
      {hasPasskey ? (
        <div className="own-form">
          <p className="quiet">A passkey takes one touch: your fingerprint, face or screen lock.</p>
          <EnrolPasskey action="Set up a passkey" isPrimary />
        </div>
      ) : null}
      {hasPasskey && hasApp ? <p className="own-or small quiet">or</p> : null}
      {hasApp ? <Enrol isSecond={hasPasskey && support === 'supported'} /> : null}
    </>
  );
};

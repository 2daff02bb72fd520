import { useMfaMethods } from 'mfa-kit';
import { ConfirmByPasskey } from './ConfirmByPasskey.js';
import { ConfirmForm } from './ConfirmForm.js';

export interface ConfirmProps {
  /** What the button of a code says. */
  action: string;
  /** Asks for a token with the proof. */
  createMfaToken?: { singleUse: boolean };
  onConfirmed?: (mfaToken: string | undefined) => void;
}

/** Every way the person has to confirm that it is them. None begins by itself. */
export const Confirm = (props: ConfirmProps) => {
  const { data } = useMfaMethods();
  if (!data) return null;
  const hasPasskey = data.passkeys.length > 0;
  const hasApp = data.devices.some((device) => device.verified);
  return (
    <>
      {hasPasskey ? (
        <>
          <ConfirmByPasskey {...props} />
          <p className="own-or small quiet">or</p>
        </>
      ) : null}
      <ConfirmForm {...props} hasApp={hasApp} isSecond={hasPasskey} />
    </>
  );
};

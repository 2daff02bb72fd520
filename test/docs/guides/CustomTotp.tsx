/** An authenticator app with an interface of the application's own: at sign-in, and before an action. */
import {
  MFAAction,
  useDynamicContext,
  useGetMfaToken,
  useGetUserMfaMethods,
  useIsMfaRequiredForAction,
  useMfa,
  useSyncMfaFlow,
} from 'mfa-kit';
import { type FormEvent, useState } from 'react';
import { Form } from './Form.js';

type Step = { name: 'idle' } | { name: 'code'; deviceId?: string; uri?: string } | { name: 'codes'; codes: string[] };

export const TotpAtSignIn = () => {
  const { user, userWithMissingInfo } = useDynamicContext();
  const { addDevice, authenticateDevice, getRecoveryCodes, completeAcknowledgement } = useMfa();
  const getUserMfaMethods = useGetUserMfaMethods();
  const [step, setStep] = useState<Step>({ name: 'idle' });

  const showCodes = async () => setStep({ name: 'codes', codes: await getRecoveryCodes() });

  // Runs once when the session waits for something, and no modal opens.
  useSyncMfaFlow({
    handler: async () => {
      if (!userWithMissingInfo?.scope?.includes('requiresAdditionalAuth')) return showCodes();
      const { userHasVerifiedMfaMethods } = await getUserMfaMethods();
      if (userHasVerifiedMfaMethods) return setStep({ name: 'code' });
      // Nobody has an app yet: one is added, and its first code verifies it and the session.
      const { id, uri } = await addDevice();
      setStep({ name: 'code', deviceId: id, uri });
    },
  });

  if (step.name === 'codes') {
    const finish = async () => {
      await completeAcknowledgement();
      setStep({ name: 'idle' });
    };
    return (
      <>
        <ol>
          {step.codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <button onClick={finish}>I have saved them</button>
      </>
    );
  }
  if (step.name === 'code') {
    const { deviceId, uri } = step;
    const confirm = async (code: string) => {
      await authenticateDevice({ code, deviceId });
      // After the first code there are recovery codes to save; later there are none.
      if (deviceId) await showCodes();
      else setStep({ name: 'idle' });
    };
    return (
      <>
        {uri && <output aria-label="For the QR code">{uri}</output>}
        <Form label="Code from the app" onSend={confirm} />
      </>
    );
  }
  return <p>{user ? 'Signed in' : 'Signed out'}</p>;
};

export const ExportWithTotp = ({ onExport }: { onExport: (mfaToken?: string) => Promise<void> }) => {
  const isMfaRequiredForAction = useIsMfaRequiredForAction();
  const { authenticateDevice } = useMfa();
  const { getMfaToken } = useGetMfaToken();
  const [isAsking, setAsking] = useState(false);

  const finish = async () => {
    // Undefined where the action needs no proof.
    await onExport(await getMfaToken({ mfaAction: MFAAction.WalletWaasExport }));
  };
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (await isMfaRequiredForAction({ mfaAction: MFAAction.WalletWaasExport })) setAsking(true);
    else await finish();
  };
  const confirm = async (code: string) => {
    // The token is kept by the kit, for one use.
    await authenticateDevice({ code, createMfaToken: { singleUse: true } });
    await finish();
    setAsking(false);
  };
  return isAsking ? (
    <Form label="Code from the app" onSend={confirm} />
  ) : (
    <form onSubmit={start}>
      <button>Export</button>
    </form>
  );
};

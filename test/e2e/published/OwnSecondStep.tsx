// An authenticator app or a passkey at sign-in, with an interface of the application's own.
import {
  useAuthenticatePasskeyMFA,
  useDynamicContext,
  useGetPasskeys,
  useMfa,
  useRegisterPasskey,
  useSyncMfaFlow,
} from '@dynamic-labs/sdk-react-core';
import { useState } from 'react';
import { Form } from './Form.js';

type Step =
  | { name: 'none' }
  | { name: 'choose' }
  | { name: 'scan'; id: string; uri: string }
  | { name: 'code' }
  | { name: 'codes'; codes: string[] };

export const OwnSecondStep = () => {
  const { userWithMissingInfo } = useDynamicContext();
  const { addDevice, authenticateDevice, getUserDevices, getRecoveryCodes, completeAcknowledgement } = useMfa();
  const registerPasskey = useRegisterPasskey();
  const getPasskeys = useGetPasskeys();
  const authenticatePasskeyMFA = useAuthenticatePasskeyMFA();
  const [step, setStep] = useState<Step>({ name: 'none' });

  const showCodes = async () => setStep({ name: 'codes', codes: await getRecoveryCodes() });

  useSyncMfaFlow({
    handler: async () => {
      if (!userWithMissingInfo?.scope?.includes('requiresAdditionalAuth')) return showCodes();
      const devices = await getUserDevices();
      if (devices.some(({ verified }) => verified)) return setStep({ name: 'code' });
      setStep({ name: 'choose' });
    },
  });

  const enrolApp = async () => {
    const { id, uri } = await addDevice();
    setStep({ name: 'scan', id, uri });
  };
  const usePasskey = async () => {
    if ((await getPasskeys()).length > 0) {
      await authenticatePasskeyMFA();
      return setStep({ name: 'none' });
    }
    await registerPasskey();
    await showCodes();
  };
  const finish = async () => {
    await completeAcknowledgement();
    setStep({ name: 'none' });
  };

  switch (step.name) {
    case 'none':
      return null;
    case 'choose':
      return (
        <>
          <button onClick={enrolApp}>Use an app</button>
          <button onClick={usePasskey}>Use a passkey</button>
        </>
      );
    case 'scan':
      return (
        <>
          <output aria-label="For the QR code">{step.uri}</output>
          <Form
            label="Code from the app"
            onSend={async (code) => {
              await authenticateDevice({ code, deviceId: step.id });
              await showCodes();
            }}
          />
        </>
      );
    case 'code':
      return (
        <Form
          label="Code from the app"
          onSend={async (code) => {
            await authenticateDevice({ code });
            setStep({ name: 'none' });
          }}
        />
      );
    case 'codes':
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
};

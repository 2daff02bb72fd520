// A protected action: with a code, with a passkey, with the prebuilt prompt.
import { MFAAction } from '@dynamic-labs/sdk-api-core';
import {
  getAuthToken,
  useAuthenticatePasskeyMFA,
  useGetMfaToken,
  useIsMfaRequiredForAction,
  useMfa,
  usePromptMfaAuth,
} from '@dynamic-labs/sdk-react-core';
import { useState } from 'react';
import { Form } from './Form.js';

const mfaAction = MFAAction.WalletWaasExport;

/** The application's own back end, which checks the proof. */
const exportKey = async (mfaToken: string | undefined): Promise<string> => {
  const headers = { authorization: `Bearer ${getAuthToken()}`, 'x-mfa-auth-token': mfaToken ?? '' };
  const response = await fetch('/export', { method: 'POST', headers });
  return response.text();
};

export const Exports = () => {
  const isMfaRequiredForAction = useIsMfaRequiredForAction();
  const { authenticateDevice } = useMfa();
  const { authenticatePasskeyMFA } = useAuthenticatePasskeyMFA();
  const { getMfaToken } = useGetMfaToken();
  const promptMfaAuth = usePromptMfaAuth();
  const [said, setSaid] = useState('');
  const createMfaToken = { singleUse: true };
  const finish = async () => setSaid(await exportKey(await getMfaToken({ mfaAction })));

  return (
    <>
      <button onClick={async () => setSaid(String(await isMfaRequiredForAction({ mfaAction })))}>
        Is a proof needed?
      </button>
      <Form
        label="Code to export with"
        onSend={async (code) => {
          await authenticateDevice({ code, createMfaToken });
          await finish();
        }}
      />
      <button
        onClick={async () => {
          await authenticatePasskeyMFA({ createMfaToken });
          await finish();
        }}
      >
        Export with a passkey
      </button>
      <button
        onClick={() =>
          promptMfaAuth({ createMfaToken: true })
            .then(async (token) => setSaid(await exportKey(token)))
            .catch((error: Error) => setSaid(error.message))
        }
      >
        Export with the prompt
      </button>
      <p role="status">{said}</p>
    </>
  );
};

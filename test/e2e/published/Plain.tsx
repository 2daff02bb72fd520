// The plain client, without its hooks: one client, found by every function.
import { MFAAction } from '@dynamic-labs/sdk-api-core';
import {
  acknowledgeRecoveryCodes,
  authenticateTotpMfaDevice,
  consumeMfaToken,
  createDynamicClient,
  getMfaRecoveryCodes,
  isMfaRequiredForAction,
  isUserMissingMfaAuth,
  onEvent,
  registerTotpMfaDevice,
  sendEmailOTP,
  verifyOTP,
  waitForClientInitialized,
} from '@dynamic-labs-sdk/client';
import { useState } from 'react';
import { Form } from './Form.js';
import { apiBaseUrl, environmentId } from './settings.js';

createDynamicClient({ environmentId, apiBaseUrl, metadata: { name: 'Vault' } });

export const Plain = () => {
  const [ask, setAsk] = useState<{ label: string; answer: (value: string) => void }>();
  const [said, setSaid] = useState('');
  const askFor = (label: string) => new Promise<string>((answer) => setAsk({ label, answer }));
  const run = async () => {
    await waitForClientInitialized();
    let proofs = 0;
    const stop = onEvent({ event: 'mfaCompletionSuccess', listener: () => void (proofs += 1) });
    const otpVerification = await sendEmailOTP({ email: await askFor('E-mail') });
    await verifyOTP({ otpVerification, verificationToken: await askFor('Code from the e-mail') });
    if (isUserMissingMfaAuth()) {
      const { id, uri } = await registerTotpMfaDevice();
      setSaid(uri);
      await authenticateTotpMfaDevice({ code: await askFor('Code from the app'), deviceId: id });
      const { recoveryCodes } = await getMfaRecoveryCodes();
      setSaid(`${recoveryCodes.length} codes`);
      await acknowledgeRecoveryCodes();
    }
    if (await isMfaRequiredForAction({ mfaAction: MFAAction.WalletWaasExport })) {
      const createMfaTokenOptions = { singleUse: true };
      await authenticateTotpMfaDevice({ code: await askFor('Another code'), createMfaTokenOptions });
      stop();
      setSaid(`${proofs} proofs, ${consumeMfaToken().slice(0, 4)}`);
    }
  };
  return (
    <>
      <button onClick={() => void run()}>Begin</button>
      {ask && <Form key={ask.label} label={ask.label} onSend={async (value) => ask.answer(value)} />}
      <p role="status">{said}</p>
    </>
  );
};

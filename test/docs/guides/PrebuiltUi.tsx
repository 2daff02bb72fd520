/** The prebuilt interface: prompts before an action, and screens opened by name. */
import {
  isMfaError,
  MFAAction,
  useDynamicContext,
  useDynamicModals,
  useIsMfaRequiredForAction,
  usePromptMfaAuth,
  useSyncMfaFlow,
} from 'mfa-kit';
import { useState } from 'react';

export const ExportWithPrompt = ({ onExport }: { onExport: (mfaToken?: string) => Promise<void> }) => {
  const isMfaRequiredForAction = useIsMfaRequiredForAction();
  const promptMfaAuth = usePromptMfaAuth();
  const [message, setMessage] = useState('');

  const run = async () => {
    try {
      // Asks by whatever the person has enrolled, and gives the token once that is done.
      const isRequired = await isMfaRequiredForAction({ mfaAction: MFAAction.WalletWaasExport });
      await onExport(isRequired ? await promptMfaAuth({ createMfaToken: true }) : undefined);
      setMessage('Exported');
    } catch (error) {
      setMessage(isMfaError(error, 'cancelled') ? 'Closed' : 'Failed');
    }
  };
  return (
    <>
      <button onClick={run}>Export</button>
      <p role="status">{message}</p>
    </>
  );
};

/** Each opens its screen; `false` closes it. */
export const SecurityButtons = () => {
  const { setShowMfaChooseType, setShowOTPVerification, setShowMfaEnterBackupCodes, setShowMFAManage } =
    useDynamicModals();
  return (
    <>
      <button onClick={() => setShowMfaChooseType(true)}>Choose</button>
      <button onClick={() => setShowOTPVerification(true)}>Type a code</button>
      <button onClick={() => setShowMfaEnterBackupCodes(true)}>Recovery code</button>
      <button onClick={() => setShowMFAManage(true)}>Manage</button>
    </>
  );
};

/** Takes the flow at sign-in over, and still uses the prebuilt screens for it. */
export const OwnFlow = () => {
  const { userWithMissingInfo } = useDynamicContext();
  const promptMfaAuth = usePromptMfaAuth();
  const { setShowMfaViewBackupCodes } = useDynamicModals();
  useSyncMfaFlow({
    handler: async () => {
      // What waits is the second factor, or only the codes to be saved.
      if (userWithMissingInfo?.scope?.includes('requiresAdditionalAuth')) await promptMfaAuth();
      else setShowMfaViewBackupCodes(true);
    },
  });
  return null;
};

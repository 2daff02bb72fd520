import { useDynamicModals } from '@dynamic-labs/sdk-react-core';

export const Modals = () => {
  const modals = useDynamicModals();
  return (
    <>
      <button onClick={() => modals.setShowMfaChooseType(true)}>Open the choice</button>
      <button onClick={() => modals.setShowOTPVerification(true)}>Open the code</button>
      <button onClick={() => modals.setShowMfaEnterBackupCodes(true)}>Open the recovery code</button>
      <button onClick={() => modals.setShowMFAManage(true)}>Open the list</button>
    </>
  );
};

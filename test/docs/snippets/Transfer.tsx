import { isMfaError, usePromptMfaAuth } from 'mfa-kit';
import { useState } from 'react';

export const TransferButton = ({ onApproved }: { onApproved: (mfaToken: string) => void }) => {
  const promptMfaAuth = usePromptMfaAuth();
  const [message, setMessage] = useState('');
  const approve = async () => {
    try {
      const mfaToken = await promptMfaAuth({ createMfaToken: true });
      if (mfaToken) onApproved(mfaToken);
    } catch (error) {
      // Closing the modal leaves everything as it was.
      setMessage(isMfaError(error, 'cancelled') ? 'Nothing was sent.' : 'That did not work. Try again.');
    }
  };
  return (
    <>
      <button onClick={approve}>Send 12,000 €</button>
      <p role="status">{message}</p>
    </>
  );
};

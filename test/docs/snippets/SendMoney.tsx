import { isMfaError, type MfaProof, useMfaAction } from 'mfa-kit';
import { useState } from 'react';

export const SendMoney = () => {
  const [message, setMessage] = useState('');
  const send = useMfaAction(
    (transfer: { to: string; amount: number }, { headers }: MfaProof) =>
      fetch('/transfers', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(transfer),
      }),
    { action: 'transfer.send', payload: (transfer) => transfer },
  );
  const click = async () => {
    try {
      const response = await send({ to: 'Bob', amount: 250 }); // prompts if the server asks, then sends it once more
      setMessage(response.ok ? 'Sent.' : 'That did not work.');
    } catch (error) {
      setMessage(isMfaError(error, 'cancelled') ? 'Nothing was sent.' : 'That did not work.');
    }
  };
  return (
    <>
      <button onClick={click}>Send 250 € to Bob</button>
      <p role="status">{message}</p>
    </>
  );
};

import { isMfaError, useMfaFetch } from 'mfa-kit/native';
import { useState } from 'react';
import { Button, Text, View } from 'react-native';

const transfer = { to: 'Bob', amount: 250 };

export const Payment = () => {
  const mfaFetch = useMfaFetch();
  const [message, setMessage] = useState('');
  const send = async () => {
    try {
      // Prompts where the server asks for a proof, and then sends the same once more.
      const response = await mfaFetch('https://app.example/api/transfers', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(transfer),
        mfa: { action: 'transfer.send', payload: transfer },
      });
      setMessage(response.ok ? 'Sent.' : 'That did not work.');
    } catch (error) {
      setMessage(isMfaError(error, 'cancelled') ? 'Nothing was sent.' : 'That did not work.');
    }
  };
  return (
    <View>
      <Button title="Send 250 € to Bob" onPress={() => void send()} />
      <Text>{message}</Text>
    </View>
  );
};

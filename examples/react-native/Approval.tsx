// Asks for a proof of one action, and gives what it earned to who waits for it.
import { isMfaError, MfaCancelledError, useAuthenticatePasskeyMFA, useMfa } from 'mfa-kit/native';
import { useState } from 'react';
import { Button, Modal, Text, TextInput, View } from 'react-native';
import type { Asked } from './App.js';

export const Approval = ({ prompt, resolve, reject }: Asked) => {
  const { authenticateDevice } = useMfa();
  const authenticatePasskeyMFA = useAuthenticatePasskeyMFA();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const { summary, action, createMfaToken, payload, challengeId, requestedScopes } = prompt;
  const asked = { createMfaToken, mfaAction: action, payload, challengeId, requestedScopes };
  const cancel = () => reject(new MfaCancelledError('cancelled'));
  const prove = (proof: Promise<string | undefined>) =>
    proof.then(resolve, (error: unknown) =>
      setProblem(isMfaError(error, 'mfa_invalid_code') ? 'That code did not match.' : 'Try another way.'),
    );
  return (
    <Modal visible onRequestClose={cancel}>
      <View>
        <Text>{summary ?? 'Confirm that it is you'}</Text>
        <TextInput accessibilityLabel="Six-digit code" inputMode="numeric" value={code} onChangeText={setCode} />
        <Button title="Approve" onPress={() => void prove(authenticateDevice({ ...asked, code }))} />
        <Button title="Use a passkey" onPress={() => void prove(authenticatePasskeyMFA(asked))} />
        <Button title="Cancel" onPress={cancel} />
        <Text>{problem}</Text>
      </View>
    </Modal>
  );
};

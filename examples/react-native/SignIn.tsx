import { useConnectWithOtp } from 'mfa-kit/native';
import { useState } from 'react';
import { Button, Text, TextInput, View } from 'react-native';

export const SignIn = () => {
  const { connectWithEmail, verifyOneTimePassword } = useConnectWithOtp();
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [isSent, setIsSent] = useState(false);
  const [problem, setProblem] = useState('');
  const attempt = (run: () => Promise<unknown>) => {
    setProblem('');
    run().catch(() => setProblem('That did not work. Look at what you typed, and try again.'));
  };
  return (
    <View>
      {isSent ? (
        <TextInput
          accessibilityLabel="Code from the e-mail"
          autoComplete="one-time-code"
          inputMode="numeric"
          value={code}
          onChangeText={setCode}
        />
      ) : (
        <TextInput
          accessibilityLabel="E-mail"
          autoCapitalize="none"
          autoComplete="email"
          inputMode="email"
          value={email}
          onChangeText={setEmail}
        />
      )}
      <Button
        title={isSent ? 'Sign in' : 'Send me a code'}
        onPress={() =>
          attempt(
            isSent ? () => verifyOneTimePassword(code) : () => connectWithEmail(email).then(() => setIsSent(true)),
          )
        }
      />
      <Text>{problem}</Text>
    </View>
  );
};

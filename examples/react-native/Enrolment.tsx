// What a session waits for: a second factor, new or enrolled, and the recovery codes of a new one.
import {
  isMfaError,
  useAuthenticatePasskeyMFA,
  useDynamicContext,
  useGetPasskeys,
  useMfa,
  useMfaMethods,
  useRecoveryCodes,
  useRegisterPasskey,
  useTotpRegistration,
} from 'mfa-kit/native';
import { useState } from 'react';
import { Button, Linking, Text, TextInput, View } from 'react-native';

export const Enrolment = () => {
  const { userWithMissingInfo } = useDynamicContext();
  const { data: methods } = useMfaMethods();
  if (userWithMissingInfo?.mfaBackupCodeAcknowledgement === 'pending') return <Codes />;
  if (!methods) return <Text>One moment…</Text>;
  return methods.userHasVerifiedMfaMethods ? <Proof /> : <FirstFactor />;
};

const sentenceFor = (error: unknown): string => {
  if (isMfaError(error, 'mfa_invalid_code')) return 'That code did not match.';
  if (isMfaError(error, 'passkey_cancelled')) return 'Nothing was saved. Try again when you are ready.';
  return 'That did not work. Try another way.';
};

const FirstFactor = () => {
  const { data: app } = useTotpRegistration();
  const { authenticateDevice } = useMfa();
  const registerPasskey = useRegisterPasskey();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const tell = (error: unknown) => setProblem(sentenceFor(error));
  return (
    <View>
      <Button title="Use a passkey" onPress={() => void registerPasskey().catch(tell)} />
      {app && (
        <>
          <Button title="Open in authenticator app" onPress={() => void Linking.openURL(app.uri)} />
          <Text selectable>{app.secret}</Text>
          <TextInput accessibilityLabel="Six-digit code" inputMode="numeric" value={code} onChangeText={setCode} />
          <Button title="Confirm" onPress={() => void authenticateDevice({ code, deviceId: app.id }).catch(tell)} />
        </>
      )}
      <Text>{problem}</Text>
    </View>
  );
};

const Proof = () => {
  const { authenticateDevice } = useMfa();
  const getPasskeys = useGetPasskeys();
  const authenticatePasskeyMFA = useAuthenticatePasskeyMFA();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState('');
  const tell = (error: unknown) => setProblem(sentenceFor(error));
  const provePasskey = async () => {
    if ((await getPasskeys()).length > 0) await authenticatePasskeyMFA();
    else setProblem('There is no passkey yet. Use your authenticator app.');
  };
  return (
    <View>
      <Button title="Use a passkey" onPress={() => void provePasskey().catch(tell)} />
      <TextInput accessibilityLabel="Six-digit code" inputMode="numeric" value={code} onChangeText={setCode} />
      <Button title="Continue" onPress={() => void authenticateDevice({ code }).catch(tell)} />
      <Text>{problem}</Text>
    </View>
  );
};

const Codes = () => {
  const { data } = useRecoveryCodes();
  const { completeAcknowledgement } = useMfa();
  return (
    <View>
      {data?.recoveryCodes.map((code) => (
        <Text key={code} selectable>
          {code}
        </Text>
      ))}
      <Button title="I saved them" disabled={!data} onPress={() => void completeAcknowledgement()} />
    </View>
  );
};

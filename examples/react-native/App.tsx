import { MfaProvider, type NativePrompt, useDynamicContext } from 'mfa-kit/native';
import { useState } from 'react';
import { Button, Text, View } from 'react-native';
import { Approval } from './Approval.js';
import { Enrolment } from './Enrolment.js';
import { Payment } from './Payment.js';
import { passkeys } from './passkeys.js';
import { SignIn } from './SignIn.js';
import { storage } from './storage.js';

/** A prompt that somebody waits for, and how to answer it. */
export interface Asked {
  prompt: NativePrompt;
  resolve: (mfaToken: string | undefined) => void;
  reject: (error: unknown) => void;
}

export const App = () => {
  const [asked, setAsked] = useState<Asked>();
  const ask = (prompt: NativePrompt, signal: AbortSignal) => {
    // What a session waits for is drawn in place of the application: see Home.
    if (prompt.purpose === 'session') return Promise.resolve(undefined);
    return new Promise<string | undefined>((resolve, reject) => {
      setAsked({ prompt, resolve, reject });
      signal.addEventListener('abort', () => setAsked(undefined));
    });
  };
  return (
    <MfaProvider
      environmentId="0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11"
      apiBaseUrl="https://app.example/api/v0"
      storage={storage}
      passkeys={passkeys}
      prompter={ask}
    >
      <Home />
      {asked && <Approval {...asked} />}
    </MfaProvider>
  );
};

const Home = () => {
  const { user, userWithMissingInfo, sdkHasLoaded, handleLogOut } = useDynamicContext();
  if (!sdkHasLoaded) return <Text>One moment…</Text>;
  if (userWithMissingInfo) return <Enrolment />;
  if (!user) return <SignIn />;
  return (
    <View>
      <Text>Welcome, {user.email}</Text>
      <Payment />
      <Button title="Log out" onPress={() => void handleLogOut()} />
    </View>
  );
};

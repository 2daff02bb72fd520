import { isMfaError, useAddPasskey, usePasskeyRegistration, usePasskeySignIn, useSignInWithPasskey } from 'mfa-kit';
import { useState } from 'react';

export const AddPasskey = () => {
  const { data: prepared } = usePasskeyRegistration(); // what a click needs, there before it
  const { mutate: addPasskey, isSuccess, error } = useAddPasskey();

  if (isSuccess) return <p>Your passkey is saved.</p>;
  return (
    <>
      <button disabled={!prepared} onClick={() => prepared && addPasskey({ credential: prepared.start() })}>
        Add a passkey
      </button>
      <p role="status">{error && sentenceFor(error)}</p>
    </>
  );
};

export const SignInWithPasskey = () => {
  const { data: prepared, refetch } = usePasskeySignIn();
  const signInWithPasskey = useSignInWithPasskey();
  const [problem, setProblem] = useState('');

  const signIn = () => {
    if (!prepared) return;
    signInWithPasskey({ credential: prepared.start() }).catch((error: unknown) => {
      setProblem(sentenceFor(error));
      void refetch(); // a challenge is good for one answer
    });
  };
  return (
    <>
      <button disabled={!prepared} onClick={signIn}>
        Sign in with a passkey
      </button>
      <p role="status">{problem}</p>
    </>
  );
};

const sentenceFor = (error: unknown): string =>
  isMfaError(error, 'passkey_cancelled') ? 'That was cancelled. Try again when you are ready.' : 'Try another way.';

import { useConnectWithOtp } from '@dynamic-labs/sdk-react-core';
import { useState } from 'react';
import { Form } from './Form.js';

export const SignIn = () => {
  const { connectWithEmail, verifyOneTimePassword } = useConnectWithOtp();
  const [isSent, setIsSent] = useState(false);
  const send = async (email: string) => {
    await connectWithEmail(email);
    setIsSent(true);
  };
  return isSent ? (
    <Form key="code" label="Code from the e-mail" onSend={verifyOneTimePassword} />
  ) : (
    <Form key="email" label="E-mail" onSend={send} />
  );
};

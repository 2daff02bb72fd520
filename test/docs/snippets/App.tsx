import { MfaProvider, useConnectWithOtp, useDynamicContext } from 'mfa-kit';
import 'mfa-kit/styles.css';
import { useState } from 'react';

export const App = () => (
  <MfaProvider environmentId="0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11" apiBaseUrl="/api/v0">
    <Home />
  </MfaProvider>
);

const Home = () => {
  const { user, sdkHasLoaded, handleLogOut } = useDynamicContext();
  if (!sdkHasLoaded) return null;
  if (!user) return <SignIn />; // while the second factor is asked for, the modal stands in front of this
  return (
    <p>
      Welcome, {user.email}. <button onClick={() => handleLogOut()}>Log out</button>
    </p>
  );
};

const SignIn = () => {
  const { connectWithEmail, verifyOneTimePassword } = useConnectWithOtp();
  const [isSent, setIsSent] = useState(false);
  const submit = async (data: FormData) => {
    if (isSent) return void (await verifyOneTimePassword(String(data.get('code'))));
    await connectWithEmail(String(data.get('email')));
    setIsSent(true);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget)).catch((error: Error) => alert(error.message));
      }}
    >
      {isSent ? (
        <label>
          Code from the e-mail <input key="code" name="code" inputMode="numeric" autoComplete="one-time-code" />
        </label>
      ) : (
        <label>
          E-mail <input key="email" name="email" type="email" autoComplete="email" />
        </label>
      )}
      <button>Continue</button>
    </form>
  );
};

import { useState } from 'react';
import { Threshold } from '../shell/Shell.js';
import { AskForCode } from './AskForCode.js';
import { DemoInbox } from './DemoInbox.js';
import { TypeCode } from './TypeCode.js';

/** Harbor's first factor: a code by e-mail. What comes after it is the kit's. */
export const SignIn = () => {
  const [email, setEmail] = useState<string>();
  return (
    <Threshold aside={<DemoInbox />}>
      {email === undefined ? (
        <AskForCode onSent={setEmail} />
      ) : (
        <TypeCode email={email} onOtherAddress={() => setEmail(undefined)} />
      )}
    </Threshold>
  );
};

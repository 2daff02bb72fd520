import { useState } from 'react';
import { Threshold } from '../shell/Shell.js';
import { AskForCode } from './AskForCode.js';
import { DemoInbox } from './DemoInbox.js';
import type { SentCode } from './sentCode.js';
import { TypeCode } from './TypeCode.js';

/** Harbor's first factor: a code by e-mail. What comes after it is the kit's. */
export const SignIn = () => {
  const [sent, setSent] = useState<SentCode>();
  return (
    <Threshold aside={<DemoInbox />}>
      {sent ? (
        <TypeCode
          key={sent.verificationUUID}
          sent={sent}
          onResent={setSent}
          onOtherAddress={() => setSent(undefined)}
        />
      ) : (
        <AskForCode onSent={setSent} />
      )}
    </Threshold>
  );
};

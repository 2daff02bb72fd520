import { useDynamicContext } from 'mfa-kit';
import { useState } from 'react';
import { Gate } from './gate/Gate.js';
import { Overview } from './overview/Overview.js';
import { OwnGate } from './ownUi/OwnGate.js';
import { OwnUi } from './ownUi/OwnUi.js';
import { useRoute } from './route.js';
import { Security } from './security/Security.js';
import { Shell } from './shell/Shell.js';
import { SignIn } from './signIn/SignIn.js';
import { Start } from './start/Start.js';
import { useStart } from './start/useStart.js';
import { AskWaiting } from './treasury/AskWaiting.js';
import { Treasury } from './treasury/Treasury.js';

/** Which page is up: decided by who is signed in and how far, then by the address. */
export const App = () => {
  const start = useStart();
  const route = useRoute();
  const { user, userWithMissingInfo } = useDynamicContext();
  const hasJustSignedIn = useHasJustSignedIn(start.isReady, user !== undefined);

  if (!start.isReady) return <Start hasFailed={start.hasFailed} retry={start.retry} />;
  if (!user && !userWithMissingInfo) return <SignIn />;
  if (!user) return route === 'ownUi' ? <OwnGate /> : <Gate />;
  return (
    <Shell route={route} email={user.email ?? ''}>
      {hasJustSignedIn ? <AskWaiting /> : null}
      {route === 'overview' ? <Overview /> : null}
      {route === 'treasury' ? <Treasury /> : null}
      {route === 'security' ? <Security /> : null}
      {route === 'ownUi' ? <OwnUi /> : null}
    </Shell>
  );
};

/** Whether somebody came in through the door, and did not only reload the page. */
const useHasJustSignedIn = (isReady: boolean, isIn: boolean): boolean => {
  const [wasOut, setWasOut] = useState(false);
  if (isReady && !isIn && !wasOut) setWasOut(true);
  return wasOut && isIn;
};

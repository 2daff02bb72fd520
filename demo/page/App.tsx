import { useDynamicContext } from 'mfa-kit';
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

/** Which page is up: decided by who is signed in and how far, then by the address. */
export const App = () => {
  const start = useStart();
  const route = useRoute();
  const { user, userWithMissingInfo } = useDynamicContext();

  if (!start.isReady) return <Start hasFailed={start.hasFailed} retry={start.retry} />;
  if (!user && !userWithMissingInfo) return <SignIn />;
  if (!user) return route === 'ownUi' ? <OwnGate /> : <Gate />;
  return (
    <Shell route={route} email={user.email ?? ''}>
      {route === 'overview' ? <Overview /> : null}
      {route === 'security' ? <Security /> : null}
      {route === 'ownUi' ? <OwnUi /> : null}
    </Shell>
  );
};

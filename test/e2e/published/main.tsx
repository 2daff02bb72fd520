import {
  DynamicContextProvider,
  useDynamicContext,
  useDynamicEvents,
  useIsLoggedIn,
} from '@dynamic-labs/sdk-react-core';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Exports } from './Exports.js';
import { Modals } from './Modals.js';
import { OwnSecondStep } from './OwnSecondStep.js';
import { SignIn } from './SignIn.js';
import { apiBaseUrl, environmentId } from './settings.js';

// With a client of its own, which the other pages must not find.
const Plain = lazy(async () => ({ default: (await import('./Plain.js')).Plain }));

const heard: string[] = [];
Object.assign(window, { heard });

const settings = {
  environmentId,
  apiBaseUrl,
  events: {
    onAuthInit: () => void heard.push('onAuthInit'),
    onAuthSuccess: () => void heard.push('onAuthSuccess'),
    onAuthFlowOpen: () => void heard.push('onAuthFlowOpen'),
    onAuthFlowClose: () => void heard.push('onAuthFlowClose'),
    onLogout: () => void heard.push('onLogout'),
  },
};

const Home = () => {
  const { user, userWithMissingInfo, sdkHasLoaded, handleLogOut } = useDynamicContext();
  const isLoggedIn = useIsLoggedIn();
  useDynamicEvents('mfaCompletionSuccess', () => void heard.push('mfaCompletionSuccess'));
  if (!sdkHasLoaded) return <p>Loading</p>;
  return (
    <>
      {user && (
        <h1>
          Welcome, {user.email} {isLoggedIn ? '' : '?'}
        </h1>
      )}
      {!user && !userWithMissingInfo && <SignIn />}
      {location.hash === '#own' && <OwnSecondStep />}
      {user && <Exports />}
      {user && <Modals />}
      {user && <button onClick={() => handleLogOut()}>Log out</button>}
    </>
  );
};

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      {location.hash === '#plain' ? (
        <Suspense>
          <Plain />
        </Suspense>
      ) : (
        <DynamicContextProvider settings={settings} theme="light">
          <Home />
        </DynamicContextProvider>
      )}
    </StrictMode>,
  );
}

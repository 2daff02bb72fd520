import { useDynamicContext } from 'mfa-kit';
import { routes } from '../route.js';
import { Threshold } from '../shell/Shell.js';
import { OwnSteps } from './OwnSteps.js';
import { useHooksOnly } from './useHooksOnly.js';

/** The second step at sign-in, drawn by Harbor itself. */
export const OwnGate = () => {
  useHooksOnly();
  const { handleLogOut } = useDynamicContext();
  return (
    <Threshold>
      <OwnSteps />
      <div className="row">
        <a className="button" data-kind="plain" href={routes.overview}>
          Use the kit’s modal instead
        </a>
        <button type="button" className="button" data-kind="plain" onClick={() => void handleLogOut()}>
          Sign out
        </button>
      </div>
    </Threshold>
  );
};

import { useDynamicContext } from 'mfa-kit';
import { routes } from '../route.js';
import { PageTitle } from '../shell/PageTitle.js';
import { Threshold } from '../shell/Shell.js';

/**
 * Behind the kit's modal while a session waits for its second step. The modal opens by itself; this page is what is left
 * when it was closed.
 */
export const Gate = () => {
  const { userWithMissingInfo, handleLogOut, setShowAuthFlow } = useDynamicContext();
  return (
    <Threshold>
      <div className="sign-in">
        <PageTitle>One more step</PageTitle>
        <p>
          <bdi>{userWithMissingInfo?.email}</bdi> is protected by a second step. Finish it to open your treasury.
        </p>
        <button type="button" className="button" data-kind="primary" onClick={() => setShowAuthFlow(true)}>
          Go on
        </button>
        <div className="row">
          <a className="button" data-kind="plain" href={routes.ownUi}>
            Use Harbor’s own page instead
          </a>
          <button type="button" className="button" data-kind="plain" onClick={() => void handleLogOut()}>
            Sign out
          </button>
        </div>
      </div>
    </Threshold>
  );
};

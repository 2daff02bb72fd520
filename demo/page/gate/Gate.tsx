import { useDynamicContext, useDynamicModals } from 'mfa-kit';
import { useAttempt } from '../attempt.js';
import { routes } from '../route.js';
import { Complaint } from '../shell/Complaint.js';
import { PageTitle } from '../shell/PageTitle.js';
import { Threshold } from '../shell/Shell.js';

/**
 * Behind the kit's modal while a session waits for its second step. The modal opens by itself; this page is what is left
 * when it was closed.
 */
export const Gate = () => {
  const { userWithMissingInfo, handleLogOut } = useDynamicContext();
  const { show } = useDynamicModals();
  const { run, complaint } = useAttempt();
  return (
    <Threshold>
      <div className="sign-in">
        <PageTitle>One more step</PageTitle>
        <p>
          <bdi>{userWithMissingInfo?.email}</bdi> is protected by a second step. Finish it to open your treasury.
        </p>
        <button type="button" className="button" data-kind="primary" onClick={() => void show().catch(() => undefined)}>
          Go on
        </button>
        <div className="row">
          <a className="button" data-kind="plain" href={routes.ownUi}>
            Use Harbor’s own page instead
          </a>
          <button type="button" className="button" data-kind="plain" onClick={() => void run(() => handleLogOut())}>
            Sign out
          </button>
        </div>
        <Complaint id="gate-complaint">{complaint}</Complaint>
      </div>
    </Threshold>
  );
};

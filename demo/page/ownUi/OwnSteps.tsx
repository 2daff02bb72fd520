import { useDynamicContext, useMfaMethods } from 'mfa-kit';
import { Complaint } from '../shell/Complaint.js';
import { PageTitle } from '../shell/PageTitle.js';
import { Confirm } from './Confirm.js';
import { FirstStep } from './FirstStep.js';
import { SaveCodes } from './SaveCodes.js';

/** What the session waits for: codes to be saved, a proof, or a first second step. */
export const OwnSteps = () => {
  const { userWithMissingInfo } = useDynamicContext();
  const { data, error, refetch } = useMfaMethods();

  if (userWithMissingInfo?.mfaBackupCodeAcknowledgement === 'pending' && isIn(userWithMissingInfo.scope)) {
    return (
      <div className="sign-in">
        <PageTitle>Save your backup codes</PageTitle>
        <SaveCodes />
      </div>
    );
  }
  if (error) {
    return (
      <div className="sign-in">
        <Complaint id="own-steps-complaint">What is set up could not be read.</Complaint>
        <button type="button" className="button" data-kind="primary" onClick={() => void refetch()}>
          Try again
        </button>
      </div>
    );
  }
  if (!data) return <output>Looking at what is set up…</output>;
  const hasFactor = data.userHasVerifiedMfaMethods;
  return (
    <div className="sign-in">
      <PageTitle>{hasFactor ? 'Confirm it’s you' : 'Protect your account'}</PageTitle>
      {hasFactor ? <Confirm action="Open Harbor" /> : <FirstStep />}
    </div>
  );
};

const isIn = (scope: string | undefined): boolean => scope?.split(' ').includes('user:basic') ?? false;

import { useDynamicContext } from 'mfa-kit';
import { PageTitle } from '../shell/PageTitle.js';
import { ConfirmItsYou } from './ConfirmItsYou.js';
import { SecondStep } from './SecondStep.js';
import { SessionCard } from './SessionCard.js';

export const Security = () => {
  const { user } = useDynamicContext();
  return (
    <div className="security">
      <header>
        <PageTitle>Security</PageTitle>
        <p className="quiet">
          How <bdi>{user?.email}</bdi> gets in, and what helps when a phone is lost.
        </p>
      </header>
      <SecondStep />
      <ConfirmItsYou />
      <SessionCard />
    </div>
  );
};

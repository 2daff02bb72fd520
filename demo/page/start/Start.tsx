import { PageTitle } from '../shell/PageTitle.js';
import { Threshold } from '../shell/Shell.js';

/** Before the session was read: nothing for a moment, and a way on when it could not be. */
export const Start = ({ hasFailed, retry }: { hasFailed: boolean; retry: () => void }) => (
  <Threshold>
    {hasFailed ? (
      <div className="sign-in" role="alert">
        <PageTitle>Harbor could not be reached</PageTitle>
        <p>Check your connection. You are still signed in if you were before.</p>
        <button type="button" className="button" data-kind="primary" onClick={retry}>
          Try again
        </button>
      </div>
    ) : (
      <output className="visually-hidden">Opening Harbor</output>
    )}
  </Threshold>
);

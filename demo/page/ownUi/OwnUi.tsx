import { type MfaMethodsResponse, useDynamicContext, useMfaMethods } from 'mfa-kit';
import { useState } from 'react';
import { useOffered } from '../offered.js';
import { Complaint } from '../shell/Complaint.js';
import { PageTitle } from '../shell/PageTitle.js';
import { Confirm } from './Confirm.js';
import { Enrol } from './Enrol.js';
import { FirstStep } from './FirstStep.js';
import { OwnPasskeys } from './OwnPasskeys.js';
import { SaveCodes } from './SaveCodes.js';
import { useHooksOnly } from './useHooksOnly.js';

/** Enrolment, confirmation and backup codes in Harbor's own markup: the kit's hooks, none of its interface. */
export const OwnUi = () => {
  useHooksOnly();
  const { userWithMissingInfo } = useDynamicContext();
  const { data, error, refetch } = useMfaMethods();
  const hasFactor = data?.userHasVerifiedMfaMethods ?? false;
  const isUnsaved = userWithMissingInfo?.mfaBackupCodeAcknowledgement === 'pending';

  return (
    <div className="own">
      <header>
        <PageTitle>Your own UI</PageTitle>
        <p className="quiet">
          Every field and button here is Harbor’s. The page calls <code>useMfa</code>, <code>useMfaMethods</code> and
          the passkey hooks, and no modal ever opens on it.
        </p>
      </header>
      {error ? (
        <section className="card stack" aria-label="Something went wrong">
          <Complaint id="own-complaint">What is set up could not be read.</Complaint>
          <button type="button" className="button" onClick={() => void refetch()}>
            Try again
          </button>
        </section>
      ) : null}
      {data && !hasFactor ? (
        <section className="card" aria-labelledby="own-enrol-title">
          <header>
            <h2 id="own-enrol-title">Second step</h2>
          </header>
          <FirstStep />
        </section>
      ) : null}
      {data && hasFactor && isUnsaved ? (
        <section className="card" aria-labelledby="own-save-title">
          <header>
            <h2 id="own-save-title">Save your backup codes</h2>
          </header>
          <SaveCodes />
        </section>
      ) : null}
      {data && hasFactor && !isUnsaved ? <SetUp methods={data} /> : null}
    </div>
  );
};

const SetUp = ({ methods }: { methods: MfaMethodsResponse }) => {
  const isOffered = useOffered();
  const left = methods.factors?.recovery.left ?? 0;
  const hasApp = methods.devices.some((device) => device.verified);
  const [token, setToken] = useState<'none' | 'given'>('none');
  const [round, setRound] = useState(0);
  return (
    <>
      <section className="card" aria-labelledby="own-confirm-title">
        <header>
          <h2 id="own-confirm-title">Confirm it’s you</h2>
        </header>
        <Confirm
          action="Approve once"
          createMfaToken={{ singleUse: true }}
          onConfirmed={(mfaToken) => setToken(mfaToken ? 'given' : 'none')}
        />
        <output>
          {token === 'given' ? (
            <span className="token">
              <strong>A single-use token</strong>
              <span className="small">Good for one action within two minutes.</span>
            </span>
          ) : null}
        </output>
      </section>
      {isOffered('passkey') || methods.passkeys.length > 0 ? <OwnPasskeys /> : null}
      {hasApp || isOffered('totp') ? (
        <section className="card" aria-labelledby="own-app-title">
          <header>
            <h2 id="own-app-title">Authenticator app</h2>
            {hasApp ? (
              <span className="badge" data-kind="good">
                On
              </span>
            ) : null}
          </header>
          {hasApp ? <p className="quiet">The six digits it shows confirm that it is you.</p> : <Enrol isSecond />}
        </section>
      ) : null}
      <section className="card" aria-labelledby="own-codes-title">
        <header>
          <h2 id="own-codes-title">Backup codes</h2>
          <span className="badge" data-kind={left > 3 ? 'good' : 'warning'}>
            {left} of 10 left
          </span>
        </header>
        <SaveCodes key={round} isNewSet onSaved={() => setRound(round + 1)} />
        {round > 0 ? <output className="small quiet">Saved. Only the new codes work from now on.</output> : null}
      </section>
    </>
  );
};

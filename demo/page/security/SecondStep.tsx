import { type MfaMethodsResponse, useDynamicModals, useMfaMethods, usePasskeyCapabilities } from 'mfa-kit';
import { useOffered } from '../offered.js';
import { Complaint } from '../shell/Complaint.js';
import { Factor } from './Factor.js';
import { AppMark, FingerMark, KeyMark } from './marks.js';
import { PasskeyList } from './PasskeyList.js';
import { since } from './since.js';

type Open = (screen: Parameters<ReturnType<typeof useDynamicModals>['show']>[0]) => void;

/** What is enrolled, and the buttons that open the kit's screens. */
export const SecondStep = () => {
  const { data, error, refetch } = useMfaMethods();
  const { show } = useDynamicModals();
  // A screen closed half-way is no failure: the list shows what came of it.
  const open: Open = (screen) => void show(screen).catch(() => undefined);
  const hasFactor = data?.userHasVerifiedMfaMethods ?? false;

  return (
    <section className="card" aria-labelledby="second-step-title" aria-busy={data === undefined && !error}>
      <header>
        <h2 id="second-step-title">Second step</h2>
        {hasFactor ? (
          <button type="button" className="button" onClick={() => open('ManageDevices')}>
            Manage devices
          </button>
        ) : null}
      </header>
      {error ? (
        <>
          <Complaint id="second-step-complaint">What is set up could not be read.</Complaint>
          <button type="button" className="button" onClick={() => void refetch()}>
            Try again
          </button>
        </>
      ) : (
        <Factors methods={data} open={open} />
      )}
    </section>
  );
};

const Factors = ({ methods, open }: { methods: MfaMethodsResponse | undefined; open: Open }) => {
  const isOffered = useOffered();
  const { support } = usePasskeyCapabilities();
  const passkeys = methods?.passkeys ?? [];
  const app = methods?.devices.find((device) => device.verified);
  const hasFactor = methods?.userHasVerifiedMfaMethods ?? false;
  const left = methods?.factors?.recovery.left ?? 0;
  const canAddPasskey = methods && isOffered('passkey') && support === 'supported';

  return (
    <ul className="factors">
      {isOffered('passkey') || passkeys.length > 0 ? (
        <Factor
          mark={<FingerMark />}
          title="Passkeys"
          badge={methods ? (passkeys.length > 0 ? `${passkeys.length} set up` : 'Off') : undefined}
          isGood={passkeys.length > 0}
          help={
            support === 'supported'
              ? 'Your fingerprint, face or screen lock, and nothing to type'
              : 'This browser cannot use them on this page'
          }
          act={
            canAddPasskey ? (
              <button
                type="button"
                className="button"
                data-kind={hasFactor ? undefined : 'primary'}
                onClick={() => open({ name: 'PasskeyPrompt', task: 'enrol' })}
              >
                Add a passkey
              </button>
            ) : null
          }
        >
          {passkeys.length > 0 ? <PasskeyList passkeys={passkeys} /> : null}
        </Factor>
      ) : null}
      {isOffered('totp') || app || !methods ? (
        <Factor
          mark={<AppMark />}
          title="Authenticator app"
          badge={methods ? (app ? 'On' : 'Off') : undefined}
          isGood={app !== undefined}
          help={
            app
              ? `Since ${since(app.verifiedAt ?? app.createdAt)}, last used ${since(app.lastUsedAt)}`
              : 'A six-digit code from your phone'
          }
          act={
            methods && !app ? (
              <button
                type="button"
                className="button"
                data-kind={hasFactor || canAddPasskey ? undefined : 'primary'}
                onClick={() => open('QrCode')}
              >
                Add authenticator app
              </button>
            ) : null
          }
        />
      ) : null}
      <Factor
        mark={<KeyMark />}
        title="Backup codes"
        badge={methods ? (hasFactor ? `${left} of 10 left` : 'None yet') : undefined}
        isGood={left > 3}
        help={hasFactor ? 'Each lets you in once when your devices are away' : 'You get them with your second step'}
        act={
          hasFactor ? (
            <button type="button" className="button" onClick={() => open({ name: 'ViewBackupCodes', isNewSet: true })}>
              New backup codes
            </button>
          ) : null
        }
      />
    </ul>
  );
};

import { useDynamicModals, useMfaMethods } from 'mfa-kit';
import type { ReactNode } from 'react';
import { Complaint } from '../shell/Complaint.js';
import { AppMark, KeyMark } from './marks.js';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const since = (iso: string | null | undefined): string => (iso ? day.format(new Date(iso)) : 'never');

/** What is enrolled, and the buttons that open the kit's screens. */
export const SecondStep = () => {
  const { data, error, refetch } = useMfaMethods();
  const { show } = useDynamicModals();
  // A screen closed half-way is no failure: the list shows what came of it.
  const open = (screen: Parameters<typeof show>[0]): void => void show(screen).catch(() => undefined);
  const app = data?.devices.find((device) => device.verified);
  const left = data?.factors?.recovery.left ?? 0;

  return (
    <section className="card" aria-labelledby="second-step-title" aria-busy={data === undefined && !error}>
      <header>
        <h2 id="second-step-title">Second step</h2>
        {app ? (
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
        <ul className="factors">
          <Factor
            mark={<AppMark />}
            title="Authenticator app"
            badge={data ? (app ? 'On' : 'Off') : undefined}
            isGood={app !== undefined}
            help={
              app
                ? `Since ${since(app.verifiedAt ?? app.createdAt)}, last used ${since(app.lastUsedAt)}`
                : 'A six-digit code from your phone'
            }
          >
            {data && !app ? (
              <button type="button" className="button" data-kind="primary" onClick={() => open('QrCode')}>
                Add authenticator app
              </button>
            ) : null}
          </Factor>
          <Factor
            mark={<KeyMark />}
            title="Backup codes"
            badge={data ? (app ? `${left} of 10 left` : 'None yet') : undefined}
            isGood={left > 3}
            help={app ? 'Each lets you in once when your phone is away' : 'You get them with your authenticator app'}
          >
            {app ? (
              <button
                type="button"
                className="button"
                onClick={() => open({ name: 'ViewBackupCodes', isNewSet: true })}
              >
                New backup codes
              </button>
            ) : null}
          </Factor>
        </ul>
      )}
    </section>
  );
};

const Factor = (props: {
  mark: ReactNode;
  title: string;
  badge: string | undefined;
  isGood: boolean;
  help: string;
  children: ReactNode;
}) => (
  <li>
    <span className="factor-mark">{props.mark}</span>
    <span className="factor-words">
      <span className="factor-title">
        {props.title}
        {props.badge === undefined ? (
          <span className="skeleton" />
        ) : (
          <span className="badge" data-kind={props.isGood ? 'good' : 'warning'}>
            {props.badge}
          </span>
        )}
      </span>
      <span className="quiet small">{props.help}</span>
    </span>
    <span className="factor-acts">{props.children}</span>
  </li>
);

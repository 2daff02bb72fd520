import { useId, useState } from 'react';
import type { Language } from '../../messages/Language.js';
import { Button } from '../../parts/Button.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { Icon, type IconName } from '../../parts/Icon.js';
import { part } from '../../parts/part.js';
import { Skeleton } from '../../parts/Skeleton.js';

/** An enrolled authenticator app as the list shows it. */
export interface ManagedDevice {
  id: string;
  /** The person's own name for it. */
  name?: string | undefined;
  /** ISO 8601 */
  addedAt?: string | undefined;
  lastUsedAt?: string | null | undefined;
  isDefault?: boolean | undefined;
}

export interface ManageDevicesViewProps {
  frame: FrameSettings;
  /** Undefined while they are being asked for. */
  devices?: readonly ManagedDevice[] | undefined;
  /** Unused recovery codes; undefined where there are none to speak of. */
  codesLeft?: number | undefined;
  /** A second step is required here: the last device stays. */
  isRequired?: boolean;
  canAdd?: boolean;
  /** Id of the device something is being done to. */
  busy?: string | undefined;
  error?: string | undefined;
  onRetry?: (() => void) | undefined;
  onAdd: () => void;
  onReplace: () => void;
  onRemove: (id: string) => void;
  onMakeDefault: (id: string) => void;
  onNewCodes: () => void;
}

/** At this many or fewer recovery codes the row says so in colour and words. */
const FEW = 3;

/** Everything that can confirm it is you, and what can be done about it. */
export function ManageDevicesView(props: ManageDevicesViewProps) {
  const { frame, devices, codesLeft, error, onRetry } = props;
  const say = frame.language.say;
  const isEmpty = devices?.length === 0;
  return (
    <Frame
      frame={frame}
      name="ManageDevices"
      mark="lock"
      title={say(isEmpty ? 'manage.empty.title' : 'manage.title')}
      help={say(isEmpty ? 'manage.empty.help' : 'manage.help')}
    >
      {!devices && !error && <Skeleton of="rows" label={say('loading')} />}
      {devices && !isEmpty && (
        <ul {...part('devices')} aria-label={say('manage.list')}>
          {devices.map((device) => (
            <DeviceRow key={device.id} {...props} device={device} devices={devices} />
          ))}
          {codesLeft !== undefined && <CodesRow {...props} left={codesLeft} />}
        </ul>
      )}
      {error && <ErrorMessage>{error}</ErrorMessage>}
      {!devices && error && onRetry && (
        <Button variant="primary" onClick={onRetry}>
          {say('tryAgain')}
        </Button>
      )}
      {isEmpty && props.canAdd !== false && (
        <Button variant="primary" icon={<Icon name="plus" size={18} />} onClick={props.onAdd}>
          {say('manage.add')}
        </Button>
      )}
    </Frame>
  );
}

type DeviceRowProps = ManageDevicesViewProps & { device: ManagedDevice; devices: readonly ManagedDevice[] };

function DeviceRow({ frame: { language }, device, devices, isRequired, busy, ...act }: DeviceRowProps) {
  const say = language.say;
  const [isAsking, setAsking] = useState(false);
  const isLast = devices.length === 1;
  const isBusy = busy === device.id;
  const name = device.name ?? say('method.totp');
  const lines = [
    device.addedAt && say('manage.added', { date: language.day(device.addedAt) }),
    device.lastUsedAt ? say('manage.lastUsed', { when: language.ago(device.lastUsedAt) }) : say('manage.neverUsed'),
  ];
  return (
    <li {...part('device', isBusy ? 'pending' : 'idle')}>
      <Row
        icon="phone"
        name={name}
        badge={device.isDefault && !isLast ? say('manage.default') : undefined}
        lines={lines}
      />
      {isAsking ? (
        <ConfirmRemoval
          language={language}
          name={name}
          isLast={isLast}
          isBusy={isBusy}
          onKeep={() => setAsking(false)}
          onRemove={() => act.onRemove(device.id)}
        />
      ) : (
        <fieldset {...part('device-actions')} aria-label={say('manage.actions', { name })}>
          {(isLast || device.isDefault) && <Button onClick={act.onReplace}>{say('manage.replace')}</Button>}
          {!isLast && !device.isDefault && (
            <Button isPending={isBusy} onClick={() => act.onMakeDefault(device.id)}>
              {say('manage.makeDefault')}
            </Button>
          )}
          {!(isLast && isRequired) && <Button onClick={() => setAsking(true)}>{say('manage.remove')}</Button>}
        </fieldset>
      )}
      {isLast && isRequired && <p {...part('notice')}>{say('manage.lastRequired')}</p>}
    </li>
  );
}

function CodesRow({ frame: { language }, left, onNewCodes }: ManageDevicesViewProps & { left: number }) {
  const say = language.say;
  const line = left === 0 ? say('method.empty') : say('manage.codes.left', { count: left });
  return (
    <li {...part('device', left <= FEW ? 'low' : 'idle')}>
      <Row icon="key" name={say('manage.codes')} lines={[line]} />
      <div {...part('device-actions')}>
        <Button onClick={onNewCodes}>{say('codes.new')}</Button>
      </div>
    </li>
  );
}

interface RowProps {
  icon: IconName;
  name: string;
  badge?: string | undefined;
  lines: readonly (string | undefined)[];
}

function Row({ icon, name, badge, lines }: RowProps) {
  return (
    <>
      <span {...part('tile')}>
        <Icon name={icon} size={22} />
      </span>
      <span {...part('method-text')}>
        <span {...part('method-name')}>
          <bdi>{name}</bdi>
          {badge && <span {...part('badge')}>{badge}</span>}
        </span>
        <span {...part('method-help')}>
          {lines.filter(Boolean).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      </span>
    </>
  );
}

interface ConfirmRemovalProps {
  language: Language;
  name: string;
  isLast: boolean;
  isBusy: boolean;
  onKeep: () => void;
  onRemove: () => void;
}

/** Names the thing, and says what will be asked next time. */
function ConfirmRemoval({ language, name, isLast, isBusy, onKeep, onRemove }: ConfirmRemovalProps) {
  const id = useId();
  return (
    <fieldset {...part('confirm')} aria-labelledby={id}>
      <p id={id}>
        <b>{language.say('manage.confirm.title', { name })}</b>
        <br />
        {language.say(isLast ? 'manage.confirm.last' : 'manage.confirm.help')}
      </p>
      <div {...part('device-actions')}>
        <Button buttonRef={focusOnce} onClick={onKeep}>
          {language.say('manage.confirm.keep')}
        </Button>
        <Button variant="danger" isPending={isBusy} onClick={onRemove}>
          {language.say('manage.remove')}
        </Button>
      </div>
    </fieldset>
  );
}

/** The question takes the focus from the button that brought it up; the harmless answer gets it. */
const focusOnce = (button: HTMLButtonElement | null): void => button?.focus();

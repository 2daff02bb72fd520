import type { Method } from '../../../controller/screens.js';
import { Button } from '../../parts/Button.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { Icon } from '../../parts/Icon.js';
import { part } from '../../parts/part.js';
import { Skeleton } from '../../parts/Skeleton.js';
import { ManagedApp, type ManagedDevice, nameOfApp } from './ManagedApp.js';
import { ManagedPasskey, type ManagedPasskeyItem, nameOfPasskey } from './ManagedPasskey.js';
import { ManagedRow } from './ManagedRow.js';

export interface ManageDevicesViewProps {
  frame: FrameSettings;
  /** Undefined while they are being asked for, like the next. */
  devices?: readonly ManagedDevice[] | undefined;
  passkeys?: readonly ManagedPasskeyItem[] | undefined;
  /** Unused recovery codes; undefined where there are none to speak of. */
  codesLeft?: number | undefined;
  /** A second step is required here: the last one stays. */
  isRequired?: boolean;
  /** What can be added, best first. */
  addable?: readonly Method[];
  /** Id of what something is being done to. */
  busy?: string | undefined;
  error?: string | undefined;
  /** Something to know about what was just done. */
  notice?: string | undefined;
  onRetry?: (() => void) | undefined;
  /** With a method where the person has named one. */
  onAdd: (method?: Method) => void;
  onReplace: () => void;
  onRemove: (deviceId: string) => void;
  onMakeDefault: (deviceId: string) => void;
  /** Resolves once the name is taken; false when it was not. */
  onRenamePasskey: (passkeyId: string, name: string) => Promise<boolean>;
  onRemovePasskey: (passkeyId: string) => void;
  onNewCodes: () => void;
}

/** Everything that can confirm it is you, and what can be done about it. */
export function ManageDevicesView(props: ManageDevicesViewProps) {
  const { frame, devices, passkeys, error, notice, addable = [], onRetry, onAdd } = props;
  const say = frame.language.say;
  const isKnown = devices !== undefined && passkeys !== undefined;
  const isEmpty = isKnown && devices.length + passkeys.length === 0;
  return (
    <Frame
      frame={frame}
      name="ManageDevices"
      mark="lock"
      title={say(isEmpty ? 'manage.empty.title' : 'manage.title')}
      help={say(isEmpty ? 'manage.empty.help' : 'manage.help')}
    >
      {!isKnown && !error && <Skeleton of="rows" label={say('loading')} />}
      {isKnown && !isEmpty && <Ways {...props} devices={devices} passkeys={passkeys} />}
      {error && <ErrorMessage>{error}</ErrorMessage>}
      {notice && !error && <ErrorMessage tone="info">{notice}</ErrorMessage>}
      {!isKnown && error && onRetry && (
        <Button variant="primary" onClick={onRetry}>
          {say('tryAgain')}
        </Button>
      )}
      {isKnown && !isEmpty && addable.length > 0 && (
        <Button icon={plus} onClick={() => onAdd()}>
          {say(addable.length === 1 && addable[0] === 'passkey' ? 'manage.addPasskey' : 'manage.addAnother')}
        </Button>
      )}
      {isEmpty &&
        addable.map((method, at) => (
          <Button key={method} variant={at === 0 ? 'primary' : 'quiet'} icon={plus} onClick={() => onAdd(method)}>
            {say(method === 'passkey' ? 'manage.addPasskey' : 'manage.add')}
          </Button>
        ))}
    </Frame>
  );
}

const plus = <Icon name="plus" size={18} />;

type WaysProps = ManageDevicesViewProps & {
  devices: readonly ManagedDevice[];
  passkeys: readonly ManagedPasskeyItem[];
};

function Ways({ frame: { language }, devices, passkeys, codesLeft, isRequired = false, busy, ...act }: WaysProps) {
  const names = [
    ...passkeys.map((passkey) => ({ id: passkey.id, name: nameOfPasskey(language, passkey) })),
    ...devices.map((device) => ({ id: device.id, name: nameOfApp(language, device) })),
  ];
  const restWithout = (id: string) => names.filter((one) => one.id !== id).map(({ name }) => name);
  return (
    <ul {...part('devices')} aria-label={language.say('manage.list')}>
      {passkeys.map((passkey) => (
        <ManagedPasskey
          key={passkey.id}
          language={language}
          passkey={passkey}
          rest={restWithout(passkey.id)}
          isRequired={isRequired}
          isBusy={busy === passkey.id}
          onRename={(name) => act.onRenamePasskey(passkey.id, name)}
          onRemove={() => act.onRemovePasskey(passkey.id)}
        />
      ))}
      {devices.map((device) => (
        <ManagedApp
          key={device.id}
          language={language}
          device={device}
          isOnlyApp={devices.length === 1}
          rest={restWithout(device.id)}
          isRequired={isRequired}
          isBusy={busy === device.id}
          onReplace={act.onReplace}
          onMakeDefault={() => act.onMakeDefault(device.id)}
          onRemove={() => act.onRemove(device.id)}
        />
      ))}
      {codesLeft !== undefined && (
        <ManagedRow
          icon="key"
          name={language.say('manage.codes')}
          lines={[
            codesLeft === 0 ? language.say('method.empty') : language.say('manage.codes.left', { count: codesLeft }),
          ]}
          state={codesLeft <= FEW ? 'low' : 'idle'}
        >
          <div {...part('device-actions')}>
            <Button onClick={act.onNewCodes}>{language.say('codes.new')}</Button>
          </div>
        </ManagedRow>
      )}
    </ul>
  );
}

/** At this many or fewer recovery codes the row says so in colour and words. */
const FEW = 3;

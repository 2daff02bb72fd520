import { Button } from '../../parts/Button.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { MethodRow } from '../../parts/MethodRow.js';
import { part } from '../../parts/part.js';

export interface RecoveryUsedViewProps {
  frame: FrameSettings;
  /** Unused codes. */
  left: number;
  /** Where there is an app that may be lost. */
  onReplace?: (() => void) | undefined;
  /** Where a passkey can be made. */
  onAddPasskey?: (() => void) | undefined;
  onNewCodes: () => void;
  onContinue: () => void;
}

/** At this many or fewer, new codes are offered; with none, the person does not leave without. */
const FEW = 3;

/** A recovery code was accepted: how many are left, and what to do about it. */
export function RecoveryUsedView(props: RecoveryUsedViewProps) {
  const { frame, left, onReplace, onAddPasskey, onNewCodes, onContinue } = props;
  const say = frame.language.say;
  const help = left === 0 ? say('used.left.none') : say(left <= FEW ? 'used.left.few' : 'used.left', { count: left });
  return (
    <Frame frame={frame} name="RecoveryUsed" mark="shield" title={say('used.title')} help={help}>
      <ul {...part('methods')}>
        {onReplace && (
          <MethodRow icon="phone" name={say('used.replace')} help={say('used.replace.help')} onChoose={onReplace} />
        )}
        {onAddPasskey && (
          <MethodRow
            icon="fingerprint"
            name={say('used.passkey')}
            help={say('used.passkey.help')}
            onChoose={onAddPasskey}
          />
        )}
        {left <= FEW && (
          <MethodRow icon="key" name={say('used.newCodes')} help={say('used.newCodes.help')} onChoose={onNewCodes} />
        )}
      </ul>
      {left > 0 && (
        <Button variant="primary" onClick={onContinue}>
          {say('continue')}
        </Button>
      )}
    </Frame>
  );
}

import { useId } from 'react';
import type { MessageKey } from '../../messages/Catalogue.js';
import { Button } from '../../parts/Button.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { Icon } from '../../parts/Icon.js';
import { part } from '../../parts/part.js';

/** Where the passkey is, or is to be: in this device, in a phone beside it, or in a security key. */
export type PasskeyReach = 'platform' | 'phone' | 'key';

export interface PasskeyPromptViewProps {
  frame: FrameSettings;
  /** `enrol`: makes a passkey. */
  task: 'enrol' | 'verify';
  /**
   * `preparing`: a click would come to nothing yet. `running`: the browser asks. `checking`: the server decides.
   * `impossible`: here it cannot work, or it is not needed.
   */
  status: 'preparing' | 'ready' | 'running' | 'checking' | 'done' | 'impossible';
  /** What this browser can do, best first. */
  reaches: readonly PasskeyReach[];
  /** The browser can ask a phone beside this device, too. */
  hasPhone?: boolean;
  /** What went wrong or is going on, as a sentence. */
  message?: string | undefined;
  /** `error` only for what is one: a person who cancels has made none. */
  tone?: 'error' | 'info';
  /** Tried before: the first button says so. */
  isRetry?: boolean;
  onStart: (reach: PasskeyReach) => void;
  /** Ends what the browser asks, and stays. */
  onStop: () => void;
  /** In place of trying again, where the passkey is there already. */
  onManage?: (() => void) | undefined;
}

/** Says what the browser is about to ask, and lets it begin with a click. */
export function PasskeyPromptView(props: PasskeyPromptViewProps) {
  const { frame, task, message, tone = 'error' } = props;
  const say = frame.language.say;
  const messageId = useId();
  const isEnrolling = task === 'enrol';
  return (
    <Frame
      frame={frame}
      name="PasskeyPrompt"
      mark="fingerprint"
      title={say(isEnrolling ? 'passkey.title.enrol' : 'passkey.title')}
      help={say(helpFor(props))}
    >
      <div {...part('form')}>
        <ErrorMessage id={messageId} tone={message === undefined ? 'info' : tone}>
          {message ?? hintFor(props)}
        </ErrorMessage>
        <Buttons {...props} messageId={messageId} />
      </div>
    </Frame>
  );
}

const helpFor = ({ task, reaches, hasPhone }: PasskeyPromptViewProps): MessageKey => {
  const isHere = reaches[0] === 'platform';
  if (task === 'enrol') return isHere ? 'passkey.help.enrol' : 'passkey.help.enrol.elsewhere';
  return isHere ? (hasPhone ? 'passkey.help.phone' : 'passkey.help') : 'passkey.help.elsewhere';
};

/** What is about to happen, while nothing went wrong. */
const hintFor = ({ frame, status }: PasskeyPromptViewProps): string | undefined => {
  if (status === 'running') return frame.language.say('passkey.waiting');
  return status === 'checking' || status === 'done' ? undefined : frame.language.say('passkey.next');
};

function Buttons(props: PasskeyPromptViewProps & { messageId: string }) {
  const { frame, status, reaches, isRetry, onStart, onStop, onManage, messageId } = props;
  const say = frame.language.say;
  const [first, ...others] = reaches;
  if (onManage) {
    return (
      <Button variant="primary" onClick={onManage}>
        {say('passkey.manage')}
      </Button>
    );
  }
  if (status === 'impossible' || !first) return null;
  // The buttons keep their places while there is nothing to begin with yet.
  const isBusy = status !== 'ready';
  return (
    <>
      <Button
        variant="primary"
        data-mfa-first=""
        aria-describedby={messageId}
        isPending={isBusy}
        onClick={() => onStart(first)}
      >
        {isRetry ? say('tryAgain') : say(`passkey.${first}`)}
      </Button>
      {status === 'running' ? (
        <Button onClick={onStop}>{say('passkey.stop')}</Button>
      ) : (
        others.map((reach) => (
          <Button
            key={reach}
            icon={<Icon name={reach === 'key' ? 'fob' : 'phone'} size={18} />}
            isPending={isBusy}
            onClick={() => onStart(reach)}
          >
            {say(`passkey.${reach}`)}
          </Button>
        ))
      )}
    </>
  );
}

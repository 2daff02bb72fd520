import { useId, useState } from 'react';
import { Button } from '../../parts/Button.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import type { CodesOwner } from '../../parts/formatCodes.js';
import { part } from '../../parts/part.js';
import { SaveCodes } from '../../parts/SaveCodes.js';
import { Skeleton } from '../../parts/Skeleton.js';

export interface ViewBackupCodesViewProps {
  frame: FrameSettings;
  /** The set to be saved. Undefined while it is being made; empty when it is saved already and no longer shown. */
  codes?: readonly string[] | undefined;
  /** With an empty set: unused codes, where the server says how many. */
  left?: number | undefined;
  isNewSet: boolean;
  owner: CodesOwner;
  status?: 'idle' | 'pending';
  /** Why there are no codes, or why finishing did not work. */
  error?: string | undefined;
  onRetry: () => void;
  onNewCodes: () => void;
  /** Goes on, when there is nothing to save. */
  onDone: () => void;
  onFinish: () => void;
}

/** The codes, once: saved in at least one way and ticked off before the person goes on. */
export function ViewBackupCodesView(props: ViewBackupCodesViewProps) {
  const { frame, codes, isNewSet, error, onRetry } = props;
  const say = frame.language.say;
  if (codes?.length === 0) return <Hidden {...props} />;
  return (
    <Frame
      frame={frame}
      name="ViewBackupCodes"
      mark="sheet"
      title={say(isNewSet ? 'codes.title.new' : 'codes.title')}
      help={say(isNewSet ? 'codes.help.new' : 'codes.help')}
      step={isNewSet ? undefined : { step: 3, of: 3 }}
    >
      {codes && <Save {...props} codes={codes} />}
      {!codes && !error && <Skeleton of="codes" label={say('codes.loading')} />}
      {!codes && error && (
        <>
          <ErrorMessage>{error}</ErrorMessage>
          <Button variant="primary" onClick={onRetry}>
            {say('tryAgain')}
          </Button>
        </>
      )}
    </Frame>
  );
}

function Save(props: ViewBackupCodesViewProps & { codes: readonly string[] }) {
  const { frame, codes, owner, status = 'idle', error, onFinish } = props;
  const say = frame.language.say;
  const id = useId();
  const [isSaved, setSaved] = useState(false);
  const [isTicked, setTicked] = useState(false);
  const [hint, setHint] = useState<'codes.saveFirst' | 'codes.tickFirst'>();
  const isReady = isSaved && isTicked;

  const finish = () => {
    setHint(isReady ? undefined : isSaved ? 'codes.tickFirst' : 'codes.saveFirst');
    if (isReady) onFinish();
  };
  return (
    <>
      <SaveCodes language={frame.language} codes={codes} owner={owner} onSaved={() => setSaved(true)} />
      <label {...part('tick')} htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={isTicked}
          aria-describedby={`${id}-message`}
          onChange={(event) => setTicked(event.currentTarget.checked)}
        />
        <span>{say('codes.tick')}</span>
      </label>
      <ErrorMessage id={`${id}-message`} tone={hint ? 'info' : 'error'}>
        {hint && !isReady ? say(hint) : error}
      </ErrorMessage>
      <Button variant="primary" aria-disabled={!isReady} isPending={status === 'pending'} onClick={finish}>
        {say('codes.finish')}
      </Button>
    </>
  );
}

function Hidden({ frame, left, onNewCodes, onDone }: ViewBackupCodesViewProps) {
  const say = frame.language.say;
  return (
    <Frame
      frame={frame}
      name="ViewBackupCodes"
      mark="sheet"
      title={say('codes.hidden.title')}
      help={say('codes.hidden.help')}
    >
      {left !== undefined && <p {...part('notice')}>{say('codes.hidden.left', { count: left })}</p>}
      <Button variant="primary" onClick={onDone}>
        {say('done')}
      </Button>
      <Button onClick={onNewCodes}>{say('codes.new')}</Button>
    </Frame>
  );
}

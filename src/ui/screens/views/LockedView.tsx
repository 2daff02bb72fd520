import type { Method } from '../../../controller/screens.js';
import { Button } from '../../parts/Button.js';
import { CountdownRing } from '../../parts/CountdownRing.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { part } from '../../parts/part.js';
import { MethodList, type Way } from './ChooseTypeView.js';

export interface LockedViewProps {
  frame: FrameSettings;
  /** Seconds left; undefined when only another way lifts it. */
  left?: number | undefined;
  /** Seconds the whole wait takes, as far as known. */
  total?: number | undefined;
  /** What still works. */
  ways?: readonly Way[];
  /** Where to turn to when nothing does. */
  support?: string | undefined;
  onChoose: (method: Method) => void;
  /** Tries whether it is over, once the time is up. */
  onResume: () => void;
}

/** How long codes are paused, and what works meanwhile. Says nothing about the last code. */
export function LockedView({ frame, left, total, ways = [], support, onChoose, onResume }: LockedViewProps) {
  const { language } = frame;
  const say = language.say;
  const isSuspended = left === undefined;
  const help = !isSuspended
    ? say('locked.help')
    : ways.length > 0
      ? say('locked.suspended.help')
      : say('locked.suspended.alone', { support: support ?? say('locked.support') });
  return (
    <Frame
      frame={frame}
      name="Locked"
      mark="lock"
      title={say(isSuspended ? 'locked.suspended.title' : 'locked.title')}
      help={help}
    >
      {left !== undefined && (
        <>
          <CountdownRing language={language} left={left} total={Math.max(total ?? left, 1)} />
          <output {...part('hidden')}>
            {left >= 60 ? say('locked.announce', { count: Math.ceil(left / 60) }) : say('locked.announce.soon')}
          </output>
        </>
      )}
      {left === 0 && (
        <Button variant="primary" onClick={onResume}>
          {say('tryAgain')}
        </Button>
      )}
      {ways.length > 0 && (
        <>
          <p {...part('label')}>{say('locked.other')}</p>
          <MethodList language={language} ways={ways} onChoose={onChoose} />
        </>
      )}
    </Frame>
  );
}

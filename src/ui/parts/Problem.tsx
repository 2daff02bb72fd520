import { Button } from './Button.js';
import { ErrorMessage } from './ErrorMessage.js';
import { Frame, type FrameSettings } from './Frame.js';

export interface ProblemProps {
  frame: FrameSettings;
  /** What happened, then what to do. */
  sentence: string;
  onRetry: () => void;
}

/** In place of a screen that could not be brought up. */
export function Problem({ frame, sentence, onRetry }: ProblemProps) {
  const say = frame.language.say;
  return (
    <Frame frame={{ ...frame, onAnotherWay: undefined }} name="Problem" mark="shield" title={say('problem.title')}>
      <ErrorMessage>{sentence}</ErrorMessage>
      <Button variant="primary" data-mfa-first="" onClick={onRetry}>
        {say('tryAgain')}
      </Button>
    </Frame>
  );
}

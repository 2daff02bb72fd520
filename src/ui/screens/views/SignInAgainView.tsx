import { Button } from '../../parts/Button.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';

export interface SignInAgainViewProps {
  frame: FrameSettings;
  isPending?: boolean;
  onSignInAgain: () => void;
}

/** Why a fresh sign-in is needed before a first second step. */
export function SignInAgainView({ frame, isPending = false, onSignInAgain }: SignInAgainViewProps) {
  const say = frame.language.say;
  return (
    <Frame frame={frame} name="SignInAgain" mark="door" title={say('again.title')} help={say('again.help')}>
      <Button variant="primary" data-mfa-first="" isPending={isPending} onClick={onSignInAgain}>
        {say('again.submit')}
      </Button>
    </Frame>
  );
}

import { useEffect, useRef } from 'react';
import { Button } from '../../parts/Button.js';
import { CodeForm, type CodeFormState } from '../../parts/CodeForm.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { focusStep } from '../../parts/focusStep.js';
import { part } from '../../parts/part.js';

export interface ReauthenticateViewProps extends Omit<CodeFormState, 'onSubmit'> {
  frame: FrameSettings;
  /** Where a code is sent to. Without it the application's own sign-in is what there is. */
  email?: string | undefined;
  /** Codes sent so far. */
  sent?: number;
  /** The last code sent is good no more. */
  isSpent?: boolean;
  /** Something is under way other than the check of a code. */
  isBusy?: boolean;
  onSend?: () => void;
  onSubmit?: (code: string) => void;
  /** Begins the application's own sign-in. */
  onSignIn: () => void;
}

const nothing = () => undefined;

/** Why the first factor is asked for again, and the way to give it: a code by e-mail, or the application's own sign-in. */
export function ReauthenticateView(props: ReauthenticateViewProps) {
  const { frame, email, sent = 0, error, isBusy = false, onSend, onSignIn } = props;
  const say = frame.language.say;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (sent > 0) focusStep(root.current);
  }, [sent]);

  const isTyping = email !== undefined && sent > 0;
  const help = () => {
    if (email === undefined) return say('again.help');
    return say(isTyping ? 'again.help.code' : 'again.help.email', { email });
  };
  return (
    <Frame
      frame={frame}
      name="Reauthenticate"
      mark="door"
      title={say(isTyping ? 'again.title.code' : 'again.title')}
      help={help()}
    >
      <div {...part('form')} ref={root}>
        {isTyping ? (
          <EmailCode {...props} />
        ) : (
          <>
            <ErrorMessage>{error}</ErrorMessage>
            <Button
              variant="primary"
              data-mfa-first=""
              isPending={isBusy}
              onClick={email === undefined ? onSignIn : onSend}
            >
              {say(email === undefined ? 'again.submit' : 'again.send')}
            </Button>
          </>
        )}
      </div>
    </Frame>
  );
}

function EmailCode(props: ReauthenticateViewProps) {
  const { frame, sent = 0, isSpent, isBusy = false, onSend, onSubmit = nothing, onSignIn, ...code } = props;
  const { language } = frame;
  const sendAgain = (
    <Button variant={isSpent ? 'primary' : 'quiet'} isPending={isBusy} onClick={onSend}>
      {language.say('again.resend')}
    </Button>
  );
  return (
    <>
      {/* A new code begins with an empty field. */}
      <CodeForm
        key={sent}
        language={language}
        {...code}
        hint={sent > 1 ? language.say('again.resent') : undefined}
        instead={isSpent && sendAgain}
        onSubmit={onSubmit}
      />
      {isSpent ? <Button onClick={onSignIn}>{language.say('again.submit')}</Button> : sendAgain}
    </>
  );
}

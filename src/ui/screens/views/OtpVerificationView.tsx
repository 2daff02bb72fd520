import type { Language } from '../../messages/Language.js';
import { Button } from '../../parts/Button.js';
import { CodeForm, type CodeFormState } from '../../parts/CodeForm.js';
import { CountdownRing } from '../../parts/CountdownRing.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { part } from '../../parts/part.js';

export interface OtpVerificationViewProps extends CodeFormState {
  frame: FrameSettings;
  /** `enrol`: the first code of a new app. */
  task: 'enrol' | 'verify';
  isReplacement?: boolean;
  /** As the authenticator app shows it: "Harbor (ada@example.com)". */
  account?: string | undefined;
  /** Seconds until the app shows the next code, after one that was already used. */
  nextCodeIn?: number | undefined;
  /** The enrolment is over: the way to a new one takes the place of the button. */
  onRestart?: (() => void) | undefined;
}

/** Six digits. */
export function OtpVerificationView(props: OtpVerificationViewProps) {
  const { frame, task, isReplacement, account, nextCodeIn, onRestart, ...code } = props;
  const { language } = frame;
  const say = language.say;
  const isEnrolling = task === 'enrol';
  const help = isEnrolling ? say('otp.help.enrol') : account ? say('otp.help.account', { account }) : say('otp.help');
  return (
    <Frame
      frame={frame}
      name="OtpVerification"
      mark="phone"
      title={say(isEnrolling ? 'otp.title.enrol' : 'otp.title')}
      help={help}
      step={isEnrolling ? { step: 2, of: isReplacement ? 2 : 3 } : undefined}
    >
      <CodeForm
        language={language}
        {...code}
        instead={
          onRestart && (
            <Button variant="primary" onClick={onRestart}>
              {say('qr.restart')}
            </Button>
          )
        }
      >
        {nextCodeIn !== undefined && <NextCode language={language} left={nextCodeIn} />}
      </CodeForm>
    </Frame>
  );
}

/** Authenticator apps show a new code every 30 s (RFC 6238 §5.2). */
const PERIOD = 30;

function NextCode({ language, left }: { language: Language; left: number }) {
  return (
    <div {...part('wait', left > 0 ? 'pending' : 'done')}>
      <CountdownRing language={language} left={left} total={PERIOD} size={20} hasFigures={false} />
      {left > 0 ? language.say('otp.next', { time: language.duration(left) }) : language.say('otp.next.ready')}
    </div>
  );
}

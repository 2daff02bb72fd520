import { type FormEvent, useId, useState } from 'react';
import type { Language } from '../../messages/Language.js';
import { Approval, type ApprovalProps } from '../../parts/Approval.js';
import { Button } from '../../parts/Button.js';
import { CodeInput } from '../../parts/CodeInput.js';
import { CountdownRing } from '../../parts/CountdownRing.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { part } from '../../parts/part.js';
import { readCode } from '../../parts/readCode.js';

export interface OtpVerificationViewProps {
  frame: FrameSettings;
  /** `enrol`: the first code of a new app. */
  task: 'enrol' | 'verify';
  isReplacement?: boolean;
  /** As the authenticator app shows it: "Harbor (ada@example.com)". */
  account?: string | undefined;
  /** What the code is asked for, where it is an action. */
  approval?: Omit<ApprovalProps, 'language'> | undefined;
  status?: 'idle' | 'pending' | 'done';
  /** What went wrong, as a sentence. */
  error?: string | undefined;
  /** The code itself was refused: the field empties and says so. */
  isRefused?: boolean;
  /** Codes refused so far. */
  refusals?: number;
  /** Seconds until the app shows the next code, after one that was already used. */
  nextCodeIn?: number | undefined;
  /** The enrolment is over: the way to a new one takes the place of the button. */
  onRestart?: (() => void) | undefined;
  onSubmit: (code: string) => void;
}

/** Six digits. */
export function OtpVerificationView(props: OtpVerificationViewProps) {
  const {
    frame,
    task,
    isReplacement,
    account,
    approval,
    status = 'idle',
    error,
    isRefused,
    refusals,
    onSubmit,
  } = props;
  const { language } = frame;
  const say = language.say;
  const messageId = useId();
  const [isIncomplete, setIncomplete] = useState(false);

  const submit = (code: string) => {
    if (status !== 'idle') return;
    setIncomplete(code.length !== 6);
    if (code.length === 6) onSubmit(code);
  };
  const submitted = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('otp');
    submit(field instanceof HTMLInputElement ? readCode(field.value) : '');
  };

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
      {approval && <Approval language={language} {...approval} />}
      <form {...part('form')} noValidate onSubmit={submitted}>
        <CodeInput
          label={say('otp.label')}
          state={status === 'idle' && isRefused ? 'wrong' : status}
          refusals={refusals ?? 0}
          describedBy={messageId}
          onComplete={submit}
        />
        <ErrorMessage id={messageId}>{isIncomplete ? say('otp.incomplete') : error}</ErrorMessage>
        {props.nextCodeIn !== undefined && <NextCode language={language} left={props.nextCodeIn} />}
        {props.onRestart ? (
          <Button variant="primary" onClick={props.onRestart}>
            {say('qr.restart')}
          </Button>
        ) : (
          <Button variant="primary" type="submit" isPending={status === 'pending'}>
            {say('continue')}
          </Button>
        )}
      </form>
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

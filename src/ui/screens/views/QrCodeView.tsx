import { Button } from '../../parts/Button.js';
import { ErrorMessage } from '../../parts/ErrorMessage.js';
import { Frame, type FrameSettings } from '../../parts/Frame.js';
import { Icon } from '../../parts/Icon.js';
import { part } from '../../parts/part.js';
import { usePiece } from '../../parts/piece.js';
import { QrImage } from '../../parts/QrImage.js';
import { qrEncoder } from '../../parts/qrEncoder.js';
import { isTotpUri, readTotpUri } from '../../parts/qrPath.js';
import { SecretKey } from '../../parts/SecretKey.js';
import { Skeleton } from '../../parts/Skeleton.js';

export interface QrCodeViewProps {
  frame: FrameSettings;
  /** The pending authenticator app. Undefined while it is being prepared, and when that failed. */
  registration?: { secret: string; uri: string } | undefined;
  /** Seconds until it expires, where the server said so; 0 when it has. */
  timeLeft?: number | undefined;
  /** Why there is nothing to scan. */
  error?: string | undefined;
  isReplacement?: boolean;
  /** The screen is a phone's or a tablet's: it cannot scan itself. */
  isTouch?: boolean;
  /** Asks again, or for a new code once this one has expired. */
  onRestart: () => void;
  onContinue: () => void;
}

/** From here on the remaining time is shown. */
const SOON = 60;

/** The secret as a picture and as a key, for an app to take. */
export function QrCodeView(props: QrCodeViewProps) {
  const { frame, registration, timeLeft, error, isReplacement = false, isTouch = false } = props;
  const say = frame.language.say;
  const isExpired = timeLeft === 0;
  const isReady = registration && !isExpired && !error;
  const help = isExpired
    ? say('qr.expired.help')
    : isReplacement
      ? say('qr.help.replace')
      : say(isTouch ? 'qr.help.touch' : 'qr.help');
  return (
    <Frame
      frame={frame}
      name="QrCode"
      mark="scan"
      title={isExpired ? say('qr.expired.title') : say(isTouch ? 'qr.title.touch' : 'qr.title')}
      help={help}
      step={{ step: 1, of: isReplacement ? 2 : 3 }}
    >
      {isReady && <Setup {...props} registration={registration} />}
      {!registration && !error && <Skeleton of="qr" label={say('qr.loading')} />}
      {error && <ErrorMessage>{error}</ErrorMessage>}
      {isReady ? (
        <Button variant="primary" onClick={props.onContinue}>
          {say('continue')}
        </Button>
      ) : (
        (isExpired || error) && (
          <Button variant="primary" onClick={props.onRestart}>
            {say(isExpired ? 'qr.restart' : 'tryAgain')}
          </Button>
        )
      )}
    </Frame>
  );
}

type SetupProps = QrCodeViewProps & { registration: { secret: string; uri: string } };

function Setup({ frame: { language }, registration, timeLeft, isTouch }: SetupProps) {
  const say = language.say;
  if (!isTotpUri(registration.uri)) return <ErrorMessage>{say('qr.refused')}</ErrorMessage>;
  const { issuer, account } = readTotpUri(registration.uri);
  const picture = (
    <Picture uri={registration.uri} label={say('qr.alt', { account: issuer || account })} failed={say('error.chunk')} />
  );
  return (
    <>
      {isTouch ? (
        <a {...part('button', 'idle', 'quiet')} href={registration.uri} data-mfa-first="" data-mfa-secret="">
          <Icon name="external" size={18} />
          <span>{say('qr.open')}</span>
        </a>
      ) : (
        picture
      )}
      <p {...part('account')}>
        {say('qr.appearsAs')} <b>{issuer}</b> <span dir="auto">{account}</span>
      </p>
      <p {...part('label')}>{say(isTouch ? 'qr.key' : 'qr.key.help')}</p>
      <SecretKey language={language} secret={registration.secret} />
      {isTouch && (
        <details {...part('disclosure')}>
          <summary>{say('qr.other')}</summary>
          {picture}
        </details>
      )}
      {timeLeft !== undefined && timeLeft <= SOON && (
        <ErrorMessage tone="info">
          {say('qr.expiresSoon', { time: language.duration(Math.ceil(timeLeft / 10) * 10) })}
        </ErrorMessage>
      )}
    </>
  );
}

/** The key below does the same, so a picture that cannot be drawn is told in a line and stops nobody. */
function Picture({ uri, label, failed }: { uri: string; label: string; failed: string }) {
  const { status } = usePiece(qrEncoder);
  if (status === 'failed') return <ErrorMessage>{failed}</ErrorMessage>;
  return (
    <div {...part('qr-card', status === 'ready' ? 'done' : 'pending')}>
      <QrImage uri={uri} label={label} />
    </div>
  );
}

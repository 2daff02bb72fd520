'use client';

import { useAuthenticateTotp } from '../../hooks/useAuthenticateTotp.js';
import { useMfaMethods } from '../../hooks/useMfaMethods.js';
import { isAppInUse } from '../../wire/devices.js';
import { sayCodeFailure, sayFailure } from '../messages/failure.js';
import { useNow } from '../parts/useNow.js';
import { type ConnectedScreenProps, proofOf } from './ConnectedScreen.js';
import { follow } from './detour.js';
import { useCodeSubmission } from './useCodeSubmission.js';
import { useOwner } from './useOwner.js';
import { OtpVerificationView } from './views/OtpVerificationView.js';

/** RFC 6238 §5.2: a code lasts this long, and begins at whole multiples of it. Milliseconds. */
const PERIOD = 30_000;

/** Seconds until the code after the one that was current at `then`. */
const untilNextCode = (then: number, now: number, skew: number): number =>
  Math.max(0, Math.ceil((Math.ceil((then - skew) / PERIOD) * PERIOD + skew - now) / 1000));

/** Asks for six digits and, at enrolment, confirms the new app with them. */
export function OtpVerification({ screen, request, frame, onEvent }: ConnectedScreenProps<'OtpVerification'>) {
  const { deviceId, isReplacement = false } = screen;
  const { mutateAsync: authenticate } = useAuthenticateTotp();
  const methods = useMfaMethods();
  const owner = useOwner();
  const { status, failure, failedAt, refusals, isRefused, submit } = useCodeSubmission(
    (code) => authenticate({ code, deviceId, ...proofOf(screen, request, 'totp') }),
    (result) => ({ type: 'verified', method: 'totp', ...result }),
    (error) => {
      const failure = follow(error, screen, 'totp', onEvent);
      // Of an app removed elsewhere meanwhile the server calls every code wrong; the list knows.
      if (failure?.kind === 'wrong') void methods.refetch();
      return failure;
    },
    onEvent,
  );
  const isRemoved = deviceId === undefined && methods.data !== undefined && !methods.data.devices.some(isAppInUse);
  const isUsed = failure?.kind === 'used';
  const now = useNow(isUsed);
  const skew = methods.data?.serverTime ? methods.dataUpdatedAt - methods.data.serverTime : 0;
  const isOver = deviceId !== undefined && (failure?.kind === 'expired' || failure?.kind === 'gone');
  const account = owner.user && owner.app ? `${owner.app} (${owner.user})` : owner.app || undefined;
  return (
    <OtpVerificationView
      frame={isRemoved ? { onAnotherWay: () => onEvent({ type: 'anotherWayRequested' }), ...frame } : frame}
      task={deviceId === undefined ? 'verify' : 'enrol'}
      isReplacement={isReplacement}
      account={account}
      status={status}
      error={
        isRemoved
          ? sayFailure(frame.language, { kind: 'removed' })
          : failure && sayCodeFailure(frame.language, failure, { wrongCount: refusals, clockSkew: skew / 1000 })
      }
      isRefused={isRefused}
      refusals={refusals}
      nextCodeIn={isUsed ? untilNextCode(failedAt, now, skew) : undefined}
      onRestart={isOver ? () => onEvent({ type: 'enrolRequested', isReplacement }) : undefined}
      onSubmit={(code) => void submit(code)}
    />
  );
}

'use client';

import { useTotpRegistration } from '../../hooks/useTotpRegistration.js';
import { sayFailure } from '../messages/failure.js';
import { useIsTouch } from '../parts/useIsTouch.js';
import { useNow } from '../parts/useNow.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { useFailure } from './useFailure.js';
import { QrCodeView } from './views/QrCodeView.js';

/** Begins an enrolment, or shows the one begun: the same secret through reload, back and a wrong code. */
export function QrCode({ screen, frame, onEvent }: ConnectedScreenProps<'QrCode'>) {
  const { data, dataUpdatedAt, error, isFetching, refetch } = useTotpRegistration({
    isReplacement: screen.isReplacement,
  });
  const isTouch = useIsTouch();
  const failure = useFailure(error, screen, 'totp', onEvent);
  // By the server's clock as it was when it answered, so that a wrong clock here does not matter.
  const lifetime = data?.expiresAt && data.serverTime ? data.expiresAt - data.serverTime : undefined;
  const now = useNow(lifetime !== undefined);
  const timeLeft = lifetime && Math.max(0, Math.ceil((dataUpdatedAt + lifetime - now) / 1000));
  const isRenewing = isFetching && (timeLeft === 0 || error !== null);
  const registration = isRenewing ? undefined : data;
  return (
    <QrCodeView
      frame={frame}
      registration={registration}
      timeLeft={registration && timeLeft}
      error={failure && !isRenewing ? sayFailure(frame.language, failure) : undefined}
      isReplacement={screen.isReplacement}
      isTouch={isTouch}
      onRestart={() => void refetch()}
      onContinue={() => data && onEvent({ type: 'secretScanned', deviceId: data.id })}
    />
  );
}

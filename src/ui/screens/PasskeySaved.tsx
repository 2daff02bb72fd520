'use client';

import { useState } from 'react';
import { useRenamePasskey } from '../../hooks/useRenamePasskey.js';
import { sayFailure } from '../messages/failure.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { follow } from './detour.js';
import { usePlaces } from './usePlaces.js';
import { PasskeySavedView } from './views/PasskeySavedView.js';

/** Tells where a new passkey is, and keeps the name that the person leaves in the field. */
export function PasskeySaved({ screen, frame, onEvent }: ConnectedScreenProps<'PasskeySaved'>) {
  const { passkey } = screen;
  const { mutateAsync: rename, isPending } = useRenamePasskey();
  const placeOf = usePlaces(true);
  const [problem, setProblem] = useState<string>();

  const goOn = async (alias: string | undefined) => {
    setProblem(undefined);
    try {
      if (alias !== undefined) await rename({ passkeyId: passkey.id, alias });
      onEvent({ type: 'passkeyNamed' });
    } catch (error) {
      const failure = follow(error, screen, 'passkey', onEvent);
      setProblem(failure && sayFailure(frame.language, failure));
    }
  };
  return (
    <PasskeySavedView
      frame={frame}
      place={placeOf(passkey)}
      name={passkey.alias}
      isPending={isPending}
      error={problem}
      onContinue={(name) => void goOn(name)}
    />
  );
}

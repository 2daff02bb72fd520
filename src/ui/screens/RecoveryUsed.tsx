'use client';

import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { useAddable } from './useAddable.js';
import { RecoveryUsedView } from './views/RecoveryUsedView.js';

export function RecoveryUsed({ screen, frame, onEvent }: ConnectedScreenProps<'RecoveryUsed'>) {
  const { hasApp, canMakePasskey } = useAddable();
  return (
    <RecoveryUsedView
      frame={frame}
      left={screen.left}
      onReplace={hasApp ? () => onEvent({ type: 'enrolRequested', isReplacement: true }) : undefined}
      onAddPasskey={
        canMakePasskey ? () => onEvent({ type: 'enrolRequested', isReplacement: false, method: 'passkey' }) : undefined
      }
      onNewCodes={() => onEvent({ type: 'newCodesRequested' })}
      onContinue={() => onEvent({ type: 'finished' })}
    />
  );
}

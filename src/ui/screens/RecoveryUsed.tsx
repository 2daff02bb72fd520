'use client';

import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { RecoveryUsedView } from './views/RecoveryUsedView.js';

export function RecoveryUsed({ screen, frame, onEvent }: ConnectedScreenProps<'RecoveryUsed'>) {
  return (
    <RecoveryUsedView
      frame={frame}
      left={screen.left}
      onReplace={() => onEvent({ type: 'enrolRequested', isReplacement: true })}
      onNewCodes={() => onEvent({ type: 'newCodesRequested' })}
      onContinue={() => onEvent({ type: 'finished' })}
    />
  );
}

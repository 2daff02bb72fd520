'use client';

import { useAuthenticateRecoveryCode } from '../../hooks/useAuthenticateRecoveryCode.js';
import { sayRecoveryFailure } from '../messages/failure.js';
import { type ConnectedScreenProps, proofOf } from './ConnectedScreen.js';
import { follow } from './detour.js';
import { useCodeSubmission } from './useCodeSubmission.js';
import { useOwner } from './useOwner.js';
import { EnterBackupCodesView } from './views/EnterBackupCodesView.js';

export function EnterBackupCodes({ screen, request, frame, onEvent }: ConnectedScreenProps<'EnterBackupCodes'>) {
  const { mutateAsync: authenticate } = useAuthenticateRecoveryCode();
  const { support } = useOwner();
  const { status, failure, isRefused, refusals, submit } = useCodeSubmission(
    (code) => authenticate({ code, ...proofOf(screen, request, 'recovery') }),
    (result) => ({ type: 'verified', method: 'recovery', ...result }),
    (error) => follow(error, screen, 'recovery', onEvent),
    onEvent,
  );
  return (
    <EnterBackupCodesView
      frame={frame}
      status={status}
      error={failure && sayRecoveryFailure(frame.language, failure)}
      isRefused={isRefused}
      refusals={refusals}
      support={support}
      onSubmit={(code) => void submit(code)}
    />
  );
}

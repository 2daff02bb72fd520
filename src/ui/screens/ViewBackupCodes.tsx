'use client';

import { useState } from 'react';
import { useAcknowledgeRecoveryCodes } from '../../hooks/useAcknowledgeRecoveryCodes.js';
import { useRecoveryCodes } from '../../hooks/useRecoveryCodes.js';
import { useSession } from '../../hooks/useSession.js';
import { sayFailure } from '../messages/failure.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { follow } from './detour.js';
import { useFailure } from './useFailure.js';
import { useOwner } from './useOwner.js';
import { ViewBackupCodesView } from './views/ViewBackupCodesView.js';

/** Shows the codes that wait to be saved, the same ones through reload, until the person says they are. */
export function ViewBackupCodes({ screen, frame, onEvent }: ConnectedScreenProps<'ViewBackupCodes'>) {
  const { data, error, isFetching, refetch } = useRecoveryCodes({ isNewSet: screen.isNewSet });
  const { mutateAsync: acknowledge, isPending } = useAcknowledgeRecoveryCodes();
  const owner = useOwner();
  const [finishing, setFinishing] = useState<string>();
  const { user } = useSession();
  const failure = useFailure(error, screen, 'totp', onEvent);
  // Where ours answers with none, other servers refuse to show codes that are saved already.
  const isSavedAlready =
    !screen.isNewSet && failure?.kind === 'unknown' && user?.mfaBackupCodeAcknowledgement === 'complete';

  const finish = async () => {
    setFinishing(undefined);
    try {
      onEvent({ type: 'codesSaved', ...(await acknowledge()) });
    } catch (thrown) {
      const told = follow(thrown, screen, 'totp', onEvent);
      setFinishing(told && sayFailure(frame.language, told));
    }
  };
  return (
    <ViewBackupCodesView
      frame={frame}
      codes={isSavedAlready ? [] : data?.recoveryCodes}
      left={data?.count}
      isNewSet={screen.isNewSet}
      owner={owner}
      status={isPending ? 'pending' : 'idle'}
      error={data ? finishing : failure && !isFetching ? sayFailure(frame.language, failure) : undefined}
      onRetry={() => void refetch()}
      onNewCodes={() => onEvent({ type: 'newCodesRequested' })}
      onDone={() => onEvent({ type: 'finished' })}
      onFinish={() => void finish()}
    />
  );
}

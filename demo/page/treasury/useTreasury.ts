import { useRefreshUser } from 'mfa-kit';
import { useCallback, useEffect, useState } from 'react';
import type { TreasuryAccount } from '../../treasury.js';
import { onAccountChange } from './accountChanges.js';
import { answerOf, RefusedError, treasuryPath } from './answers.js';

/** The account as the server has it, read again after whatever changes it. */
export const useTreasury = () => {
  const refreshUser = useRefreshUser();
  const [account, setAccount] = useState<TreasuryAccount>();
  const [hasFailed, setFailed] = useState(false);

  const load = useCallback(
    (signal?: AbortSignal): Promise<void> =>
      readAccount(signal).then(
        (read) => {
          setAccount(read);
          setFailed(false);
        },
        (error: unknown) => {
          if (error instanceof RefusedError && error.isSignedOut) void refreshUser().catch(() => undefined);
          if (!signal?.aborted) setFailed(true);
        },
      ),
    [refreshUser],
  );

  useEffect(() => {
    const leaving = new AbortController();
    const stop = onAccountChange(() => load(leaving.signal));
    void load(leaving.signal);
    return () => {
      stop();
      leaving.abort();
    };
  }, [load]);

  return { account, hasFailed, load: () => load() };
};

const readAccount = async (signal?: AbortSignal): Promise<TreasuryAccount> =>
  answerOf(await fetch(`${treasuryPath}account`, { signal }));

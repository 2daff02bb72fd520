import { useMfaSettings } from '../../hooks/useMfaSettings.js';
import { useSession } from '../../hooks/useSession.js';
import type { CodesOwner } from '../parts/formatCodes.js';

/** Whose account this is and in which application, as far as it is known. */
export function useOwner(): CodesOwner & { support: string | undefined } {
  const settings = useMfaSettings();
  const { user } = useSession();
  const { displayName = '', supportEmail } = settings.data?.general ?? {};
  return { app: displayName, user: user?.email ?? user?.alias ?? '', support: supportEmail };
}

import type { Method } from '../../controller/screens.js';
import { useMfaMethods } from '../../hooks/useMfaMethods.js';
import { useMfaSettings } from '../../hooks/useMfaSettings.js';
import { usePasskeyCapabilities } from '../../hooks/usePasskeyCapabilities.js';
import { isAppInUse } from '../../wire/devices.js';
import { offeredMethods } from '../../wire/settings.js';

/** What a person can add to what they have: what the policy allows, and of that first what this browser can do. */
export function useAddable(): { addable: readonly Method[]; hasApp: boolean; canMakePasskey: boolean } {
  const { data: settings } = useMfaSettings();
  const { data: methods } = useMfaMethods();
  const { support } = usePasskeyCapabilities();
  const isEnabled = (method: Method) =>
    settings !== undefined && offeredMethods(settings).some(({ type }) => type === method);
  // Unread, there may well be one: to replace it is never wrong, to add a second is refused.
  const hasApp = methods?.devices.some(isAppInUse) ?? true;
  const canMakePasskey = support === 'supported' && isEnabled('passkey');
  const passkey: Method[] = isEnabled('passkey') ? ['passkey'] : [];
  const app: Method[] = isEnabled('totp') && !hasApp ? ['totp'] : [];
  return { addable: canMakePasskey ? [...passkey, ...app] : [...app, ...passkey], hasApp, canMakePasskey };
}

import { useMfaSettings } from 'mfa-kit';

/** Whether the policy lets people set up a second step of a kind; unread, it does not say so yet. */
export const useOffered = (): ((type: 'totp' | 'passkey') => boolean) => {
  const { data } = useMfaSettings();
  return (type) => data?.security.mfa.methods.some((method) => method.type === type && method.enabled) ?? false;
};

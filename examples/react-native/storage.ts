// Keeps the session token in the system's secure storage, so that a restart does not sign out.
import * as SecureStore from 'expo-secure-store';
import type { MfaStorage } from 'mfa-kit/native';

/** Secure storage takes letters, digits, dots, dashes and underscores in a key. */
const safe = (key: string): string => key.replace(/[^\w.-]/g, '_');

export const storage: MfaStorage = {
  getItem: (key) => SecureStore.getItemAsync(safe(key)),
  setItem: (key, value) => SecureStore.setItemAsync(safe(key), value),
  removeItem: (key) => SecureStore.deleteItemAsync(safe(key)),
};

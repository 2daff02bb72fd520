// Makes and uses passkeys by react-native-passkey, whose errors get the names that browsers give them.
import type { PasskeyAdapter } from 'mfa-kit/native';
import { Passkey, type PasskeyError } from 'react-native-passkey';

const names: Readonly<Record<string, string>> = {
  UserCancelled: 'NotAllowedError',
  NoCredentials: 'NotAllowedError',
  TimedOut: 'NotAllowedError',
  Interrupted: 'AbortError',
  NotSupported: 'NotSupportedError',
  BadConfiguration: 'SecurityError',
};

const named = async <T>(ceremony: Promise<object>): Promise<T> => {
  try {
    return (await ceremony) as T;
  } catch (cause) {
    const { error, message } = cause as PasskeyError;
    throw Object.assign(new Error(message), { name: names[error] ?? 'UnknownError' });
  }
};

export const passkeys: PasskeyAdapter = {
  isSupported: () => Passkey.isSupported(),
  create: (options) => named(Passkey.create(options)),
  get: (options) => named(Passkey.get(options)),
};

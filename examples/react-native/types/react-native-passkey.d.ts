// What the example uses of react-native-passkey 3: standard options and answers as JSON.
declare module 'react-native-passkey' {
  export const Passkey: {
    isSupported(): boolean;
    /** Gives what the system made; rejects with a {@link PasskeyError}. */
    create(request: object): Promise<object>;
    get(request: object): Promise<object>;
  };
  export interface PasskeyError {
    /** Such as `UserCancelled`, `NotSupported`, `NoCredentials`, `TimedOut`. */
    error: string;
    message: string;
  }
}

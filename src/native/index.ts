/**
 * The door `mfa-kit/native`: the hooks, a provider without an interface, and the client in its object form. No DOM.
 */
export { createClient, type MfaClientWithMembers } from '../client/createClient.js';
export { mfaFetch } from '../client/mfaFetch.js';
export type {
  NamedPasskey,
  PasskeyAdapter,
  PasskeyCeremonies,
  PasskeyCreation,
  PasskeyRequest,
} from '../client/PasskeyAdapter.js';
export type { MfaStorage } from '../client/session.js';
export * from '../reactDoor.js';
export type { NativePrompt, NativePrompter } from './createAdapterEngine.js';
export {
  MfaProvider,
  type MfaProviderProps,
  type MfaProviderSource,
  type NativeClientOptions,
} from './MfaProvider.js';

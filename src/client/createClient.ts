// The object form of a client: the functions of this door as its members, for programs written that way.
import { type AuthMembers, authOf, mfaOf, passkeysOf } from './clientMembers.js';
import { createPrompts, stepUpAuthOf, uiOf } from './clientPrompts.js';
import type { MfaClient } from './core.js';
import { createMfaClient, type MfaClientOptions } from './createMfaClient.js';
import { mfaFetch } from './mfaFetch.js';
import type { MfaFetchInit } from './prompter.js';

/** A client that carries the functions of this door as members. Every one of them rejects as its function does. */
export interface MfaClientWithMembers extends MfaClient {
  /** {@link mfaFetch} with this client. */
  fetch(input: RequestInfo | URL, init?: MfaFetchInit): Promise<Response>;
  readonly mfa: ReturnType<typeof mfaOf>;
  readonly passkeys: ReturnType<typeof passkeysOf>;
  readonly stepUpAuth: ReturnType<typeof stepUpAuthOf>;
  readonly ui: ReturnType<typeof uiOf>;
  readonly auth: AuthMembers;
}

/**
 * Makes a client with the functions of this door as its members, as applications for React Native know it. It is an ordinary client as well: functions and
 * `<MfaProvider client>` take it. All of them are in your bundle then; with `createMfaClient` only those you import are.
 *
 * @param options As of `createMfaClient`.
 *
 * @example
 * const client = createClient({ environmentId: '5f0c…', apiBaseUrl: 'https://app.example/api/v0' });
 * if (await client.mfa.isRequiredForAction({ mfaAction: 'transfer.send' })) {
 *   await client.mfa.authenticateDevice({ code: '654321', createMfaToken: { singleUse: true } });
 * }
 */
export const createClient = (options: MfaClientOptions): MfaClientWithMembers => {
  const client = createMfaClient(options);
  const prompts = createPrompts(client);
  return Object.assign(client, {
    fetch: (input: RequestInfo | URL, init?: MfaFetchInit) => mfaFetch(input, init, client),
    mfa: mfaOf(client),
    passkeys: passkeysOf(client),
    stepUpAuth: stepUpAuthOf(client, prompts),
    ui: uiOf(prompts),
    auth: authOf(client),
  });
};

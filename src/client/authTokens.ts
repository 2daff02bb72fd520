// The session token for requests of the application's own, under its published names.
import { coreOf, type MfaClient } from './core.js';

/**
 * The session token, to send as `Authorization: Bearer` to a back end of your own; undefined when nobody is signed in, and in
 * cookie mode, where the page never sees it. It ends after minutes: read it for each request, or send requests with `mfaFetch`.
 */
export const getAuthToken = (client?: MfaClient): string | undefined => coreOf(client).token ?? undefined;

/** The same token, under the published name that says that it is the small one. The full one is not kept: see `client.user`. */
export const getMinAuthToken = (client?: MfaClient): string | undefined => getAuthToken(client);

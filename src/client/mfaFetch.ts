// A fetch() for protected routes. Tokens go to the API's origin and to those the application lists, and nowhere else.
import { ELEVATED_TOKEN_HEADER, MFA_TOKEN_HEADER } from '../wire/headers.js';
import { toError } from './answer.js';
import { readChallenge, withProof } from './challenges.js';
import { type ClientCore, coreOf, type MfaClient } from './core.js';
import { MfaError } from './errors.js';
import type { MfaFetchInit } from './prompter.js';
import { baseUrlOf } from './request.js';
import { renew } from './transport.js';

const AUTHORIZATION = 'authorization';

/** An entry that is no origin would protect something else than it seems to. */
const toOrigin = (entry: string): string => {
  const { origin, href, protocol } = URL.canParse(entry) ? new URL(entry) : { origin: '', href: '', protocol: '' };
  if (/^https?:$/.test(protocol) && href === `${origin}/`) return origin;
  throw new MfaError('invalid_argument', { message: `protectedOrigins: ${JSON.stringify(entry)} is no origin` });
};

/** Decided by the address the platform itself has made of what it was given. A `blob:` has an origin and is no server. */
const mayCarryTokens = (core: ClientCore, url: string): boolean => {
  const { protocol, origin } = new URL(url);
  const trusted = [baseUrlOf(core).origin, ...(core.protectedOrigins ?? []).map(toOrigin)];
  return /^https?:$/.test(protocol) && trusted.includes(origin);
};

/** Also what the caller took along by mistake stays here. */
const withoutTokens = (core: ClientCore, request: Request): Request => {
  request.headers.delete(MFA_TOKEN_HEADER);
  request.headers.delete(ELEVATED_TOKEN_HEADER);
  const { token } = core;
  if (token && request.headers.get(AUTHORIZATION)?.includes(token)) request.headers.delete(AUTHORIZATION);
  return request;
};

/** One attempt; a second one where the session's token had expired on the way, which is refused before anything is done. */
const attempt = async (
  core: ClientCore,
  original: Request,
  headers: Readonly<Record<string, string>>,
): Promise<Response> => {
  let isRepeat = false;
  for (;;) {
    const request = new Request(original.clone(), { redirect: 'error' });
    const { token, generation } = core;
    const isOurs = token !== null && !request.headers.has(AUTHORIZATION);
    if (isOurs) request.headers.set(AUTHORIZATION, `Bearer ${token}`);
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    const response = await core.fetch(request);
    if (response.status !== 401 || !isOurs || isRepeat) return response;
    const { serverCode } = toError(response, await response.clone().text());
    if (serverCode !== 'token_expired') return response;
    if (generation === core.generation) await renew(core);
    isRepeat = true;
  }
};

/**
 * `fetch` for protected routes. To the API's origin, and to the client's `protectedOrigins`, the session goes along; with
 * `init.mfa` also a stored proof of that action. When the server asks for a proof the person is prompted, and the same
 * request, its body kept, is sent once more. A redirect is an error there. Requests to any other origin are sent as they
 * are, without anything of ours.
 *
 * @throws what the prompt rejects with, such as `MfaCancelledError`; the server's demand (`insufficient_user_authentication`,
 * `mfa_enrollment_required`) when it is made again after the proof, or when nobody can be asked; and what `fetch` throws.
 *
 * @example
 * const response = await mfaFetch('/transfers', { method: 'POST', body, mfa: { action: 'transfer.send', payload } });
 */
export const mfaFetch = async (
  input: RequestInfo | URL,
  { mfa, ...init }: MfaFetchInit = {},
  client?: MfaClient,
): Promise<Response> => {
  const core = coreOf(client);
  const original = new Request(input, init);
  if (!mayCarryTokens(core, original.url)) return core.fetch(withoutTokens(core, original));
  // Nobody signed in, or no way to find out: the server says what it thinks of that.
  await core.start().catch(() => undefined);
  if (core.renewAt && core.renewAt <= Date.now()) await renew(core);
  return withProof<Response>(client, { ...mfa, signal: original.signal }, async ({ headers }) => {
    const response = await attempt(core, original, headers);
    const challenge = await readChallenge(response);
    return challenge ? { challenge } : { value: response };
  });
};

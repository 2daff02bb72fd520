'use client';

import { useCallback } from 'react';
import { mfaFetch } from '../client/mfaFetch.js';
import type { MfaFetchInit } from '../client/prompter.js';
import { useMfaContext } from './MfaContext.js';

export type MfaFetch = (input: RequestInfo | URL, init?: MfaFetchInit) => Promise<Response>;

/**
 * `fetch` for protected routes: to the API's origin and the client's `protectedOrigins` the session goes along, the person
 * is prompted when the server asks for a proof, and the same request is then sent once more. To any other origin nothing of
 * ours is sent.
 *
 * Rejects with `MfaCancelledError` when the prompt is closed, `insufficient_user_authentication` when the server asks again
 * after the proof, and as `fetch` does.
 *
 * @example
 * const mfaFetch = useMfaFetch();
 * const response = await mfaFetch('/api/transfers', { method: 'POST', body: JSON.stringify(transfer) });
 */
export const useMfaFetch = (): MfaFetch => {
  const { client } = useMfaContext();
  return useCallback((input, init) => mfaFetch(input, init, client), [client]);
};

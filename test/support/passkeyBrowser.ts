/** A browser with a software authenticator, for the test that asks for it, with a record of what a page asks of it. */
import { onTestFinished } from 'vitest';
import { installAuthenticator } from './installAuthenticator.js';
import { origin } from './server.js';
import { SoftAuthenticator } from './softAuthenticator.js';

type Ceremony = 'create' | 'get';

export interface Asked {
  ceremony: Ceremony;
  /** As the browser gets them: binary values are buffers. */
  options: PublicKeyCredentialCreationOptions & PublicKeyCredentialRequestOptions & { hints?: string[] };
  signal: AbortSignal | undefined;
}

export interface PasskeyBrowser {
  authenticator: SoftAuthenticator;
  /** Every ceremony a page began, in order. */
  asked: Asked[];
  /** What the next ceremonies come to instead of asking the person. */
  next(...outcomes: (() => unknown)[]): void;
}

/** The browser ends a ceremony with an error of this name. */
export const fails =
  (name: string, message = '') =>
  () =>
    Promise.reject(new DOMException(message, name));

/** A password manager took the question and never says anything. */
export const neverAnswers = () => new Promise(() => {});

export const installBrowser = (): PasskeyBrowser => {
  const authenticator = new SoftAuthenticator({ origin });
  onTestFinished(installAuthenticator(authenticator, globalThis));
  const asked: Asked[] = [];
  const outcomes: (() => unknown)[] = [];
  const { credentials } = navigator;
  for (const ceremony of ['create', 'get'] as const) {
    const ask = credentials[ceremony].bind(credentials) as (options: unknown) => Promise<unknown>;
    Object.defineProperty(credentials, ceremony, {
      value: (request: { publicKey: Asked['options']; signal?: AbortSignal }) => {
        asked.push({ ceremony, options: request.publicKey, signal: request.signal });
        return outcomes.shift()?.() ?? ask(request);
      },
    });
  }
  return { authenticator, asked, next: (...those) => void outcomes.push(...those) };
};

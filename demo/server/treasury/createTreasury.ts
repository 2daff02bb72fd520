/** The routes under /demo/treasury, each with its handler, for pages of the demo alone. */
import {
  approveDelegate,
  claim,
  exportKey,
  type Handler,
  readAccount,
  reshare,
  revokeDelegate,
  send,
  signMessage,
} from './handlers.js';
import { answerRefusal, TreasuryRefusal } from './refusal.js';
import { Treasury } from './Treasury.js';

export interface TreasuryOptions {
  /** Holds the sealed keys, the book and the key they are sealed under. */
  dataFolder: string;
  /** Unix milliseconds. Defaults to the system's. */
  clock?: () => number;
}

/** Answers a request under `/demo/treasury`. Nothing leaves without the guard's word. */
export const createTreasury = ({ dataFolder, clock }: TreasuryOptions): Handler => {
  const treasury = new Treasury(dataFolder, clock);
  const routes: Record<string, Handler> = {
    'GET account': readAccount(treasury),
    'POST sign': signMessage(treasury),
    'POST send': send(treasury),
    'POST export': exportKey(treasury),
    'POST delegates': approveDelegate(treasury),
    'DELETE delegates/:address': revokeDelegate(treasury),
    'POST reshare': reshare(treasury),
    'POST claim': claim(treasury),
  };
  return async (request, guard) => {
    try {
      demandSameOrigin(request);
      return await route(routes, request)(request, guard);
    } catch (error) {
      if (error instanceof TreasuryRefusal) return answerRefusal(error);
      console.error(error);
      return answerRefusal(new TreasuryRefusal(500, 'server_error'));
    }
  };
};

const route = (routes: Record<string, Handler>, { method, url }: Request): Handler => {
  const path = new URL(url).pathname
    .replace(/^\/demo\/treasury\//, '')
    .replace(/^delegates\/[^/]+$/, 'delegates/:address');
  const handler = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  if (handler) return handler;
  const isKnown = Object.keys(routes).some((name) => name.endsWith(` ${path}`));
  throw isKnown ? new TreasuryRefusal(405, 'method_not_allowed') : new TreasuryRefusal(404, 'not_found');
};

/** Another site must not make a signed-in browser ask. Every browser that runs this page sends the header. */
const demandSameOrigin = ({ headers }: Request): void => {
  if (headers.get('sec-fetch-site') !== 'same-origin') throw new TreasuryRefusal(403, 'cross_site_request');
};

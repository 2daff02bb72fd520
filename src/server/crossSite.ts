/** Keeps other sites from riding on the session cookie: Fetch-Metadata, and the Origin list for changes (D11). */
import type { Core } from './core.js';
import { refuse } from './refusals.js';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what a page of another site could have caused. A request with an `Authorization` header cannot be caused that
 * way: a browser asks first, and only listed origins are told yes.
 */
export const refuseCrossSite = (core: Core, request: Pick<Request, 'method' | 'headers'>): void => {
  if (!core.isCookieMode || request.headers.has('authorization')) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const isChange = !SAFE_METHODS.includes(request.method);
  // A document opened by a link has `cross-site` too: an API answers nobody's navigation.
  if (site !== null && site !== 'same-origin' && !(site === 'none' && !isChange)) throw refuse('cross_site_request');
  // Never against Host: whoever rebinds a name chooses that header.
  if (origin === null ? isChange : !core.options.origins.includes(origin)) throw refuse('cross_site_request');
};

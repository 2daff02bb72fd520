/** Everything a browser keeps or shows outside the rendered page, as text in which a secret can be looked for. */
import type { Page } from 'playwright';

/** Storage of every kind, address, history and window, as the page's own scripts can read them. */
export const readPageTraces = async (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const cacheNames = await caches.keys();
    const cached = await Promise.all(
      cacheNames.map(async (name) => {
        const cache = await caches.open(name);
        const requests = await cache.keys();
        return requests.map((request) => request.url);
      }),
    );
    return {
      localStorage: JSON.stringify(Object.entries(localStorage)),
      sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
      indexedDB: JSON.stringify(databases),
      caches: JSON.stringify(cached),
      cookies: document.cookie,
      address: window.location.href,
      referrer: document.referrer,
      historyState: JSON.stringify(window.history.state),
      windowName: window.name,
      page: document.documentElement.outerHTML,
    };
  });

/**
 * The strings alive in the page's memory after garbage collection, the query and mutation caches and everything that
 * React holds on to among them.
 */
export const readHeap = async (page: Page): Promise<string> => {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
};

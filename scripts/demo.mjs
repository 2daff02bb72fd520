// Builds the demo, page and server, so that what runs is plain Node and plain files: no watcher, nothing served from the sources.
import { pathToFileURL } from 'node:url';
import { root, sourceAliases } from './doors.mjs';

/**
 * @param {{ outFolder: string, mode?: 'production' | 'development' }} options `development` takes React's development
 * build, which runs every effect twice under StrictMode and says what it dislikes in the console.
 * @returns {Promise<{ pageFolder: string, startDemo: typeof import('../demo/server.ts').startDemo }>}
 */
export async function buildDemo({ outFolder, mode = 'production' }) {
  const { build } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  const pageFolder = `${outFolder}page/`;
  const shared = /** @type {const} */ ({
    configFile: false,
    root: `${root}demo`,
    mode,
    logLevel: 'warn',
    resolve: { alias: sourceAliases() },
  });
  await build({
    ...shared,
    plugins: [react()],
    // Vite reads NODE_ENV of its own process otherwise, which under Vitest is "test".
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    html: { cspNonce: '__NONCE__' },
    build: {
      outDir: pageFolder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // React's development build is large, and nobody downloads it.
      chunkSizeWarningLimit: 2000,
      // What the kit loads late for those who do not need it, this page needs at once.
      rolldownOptions: { checks: { ineffectiveDynamicImport: false } },
    },
  });
  await build({
    ...shared,
    publicDir: false,
    build: {
      ssr: 'server.ts',
      outDir: `${outFolder}server/`,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  const { startDemo } = await import(`${pathToFileURL(outFolder)}server/server.mjs?${Date.now()}`);
  return { pageFolder, startDemo };
}

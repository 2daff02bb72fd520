/** An application written with the published imports, built with an alias and nothing else, in front of a real server. */
import { readFileSync } from 'node:fs';
import { createMfaServer, generateKeys, type MfaServer } from 'mfa-kit/server';
import { memoryStore } from 'mfa-kit/server/memory';
import { build } from 'vite';
import { root, sourceAliases } from '../../../scripts/doors.mjs';
import { outputFolder } from '../../../scripts/shell.mjs';
import { alias } from '../../docs/pages/aliases.js';
import { listen } from '../../support/listen.js';
import { environmentId } from '../published/settings.js';

const action = 'wallet.waas.export';
const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

export interface PublishedSite {
  url: string;
  /** Sign-in codes, newest last. */
  mails: string[];
  clock: () => number;
  /** Lets time pass for the server and for codes. */
  advance: (seconds: number) => void;
}

/** Built once: in development mode, so that StrictMode runs every effect twice and warnings are heard. */
const built = async (): Promise<string> => {
  const outDir = outputFolder('published/');
  await build({
    configFile: false,
    root: `${root}test/e2e/published`,
    mode: 'development',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    // The kit itself is read from its sources here, as in every other test.
    resolve: { alias: [...alias, ...sourceAliases()] },
    build: { outDir, emptyOutDir: true, minify: false, rolldownOptions: { checks: { moduleLevelDirective: false } } },
  });
  return outDir;
};

/** Until the test that asks for it is over. */
export const openPublishedSite = async (): Promise<PublishedSite> => {
  const folder = await built();
  const mails: string[] = [];
  let skew = 0;
  const clock = () => Date.now() + skew;
  let mfa: MfaServer | undefined;
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (!mfa) return new Response('not yet', { status: 503 });
    if (pathname.startsWith('/api/v0/')) return mfa.fetch(request);
    if (pathname === '/export') {
      const check = await mfa.requireMfa(request, { action });
      return check.ok ? new Response(`exported by ${check.mfa.factor}`) : check.response;
    }
    const file = pathname === '/' ? 'index.html' : pathname.slice(1);
    const type = types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return new Response(readFileSync(`${folder}${file}`, 'utf8'), { headers: { 'content-type': type } });
  };
  const { port } = new URL(await listen(answer));
  // A name, because an address is no relying party.
  const url = `http://localhost:${port}`;
  mfa = await createMfaServer({
    environmentId,
    baseUrl: `${url}/api/v0`,
    origins: [url],
    appName: 'Vault',
    keys: await generateKeys(),
    store: memoryStore(),
    sessionTransport: 'bearer',
    sendEmail: ({ code }) => void mails.push(code),
    policy: { enrollment: 'signup', actions: [{ action, required: true }] },
    recoveryCodeRounds: 1000,
    clock,
  });
  return {
    url,
    mails,
    clock,
    advance: (seconds) => {
      skew += seconds * 1000;
    },
  };
};

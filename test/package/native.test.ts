/** What an application for React Native bundles: the packed door, resolved as Metro does, without anything of the web. */
import { readFileSync, writeFileSync } from 'node:fs';
import { build, type Plugin } from 'vite';
import { beforeAll, expect, inject, test } from 'vitest';

const { folder } = inject('consumer');
const installed = `${folder}/node_modules/mfa-kit`;

/** The field "react-native" of a package.json: files that take the place of others. */
const reactNativeField = (): Plugin => {
  const field: Record<string, string> = JSON.parse(readFileSync(`${installed}/package.json`, 'utf8'))['react-native'];
  const replaced = new Map(
    Object.entries(field).map(([from, to]) => [`${installed}/${from}`, `${installed}/${to}`].map(tidy)) as [
      string,
      string,
    ][],
  );
  return {
    name: 'react-native',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return (found && replaced.get(found.id)) ?? found;
    },
  };
};

const tidy = (path: string): string => path.replaceAll('/./', '/');

let modules: { id: string; code: string }[] = [];

beforeAll(async () => {
  writeFileSync(`${folder}/native.js`, "import * as kit from 'mfa-kit/native';\nconsole.log(kit);\n");
  const result = await build({
    configFile: false,
    root: folder,
    mode: 'production',
    logLevel: 'error',
    plugins: [reactNativeField()],
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: `${folder}/native.js`, checks: { moduleLevelDirective: false } },
    },
  });
  if (!('output' in result)) throw new Error('Vite gave no single bundle.');
  modules = result.output
    .filter((file) => file.type === 'chunk')
    .flatMap((chunk) => Object.entries(chunk.modules).map(([id, { code }]) => ({ id, code: code ?? '' })));
});

const ours = () => modules.filter(({ id }) => id.includes('/mfa-kit/dist/'));

test('holds the hooks and the client', () => {
  const ids = ours().map(({ id }) => id.slice(id.indexOf('/dist/')));
  expect(ids).toContain('/dist/hooks/useMfa.js');
  expect(ids).toContain('/dist/client/createClient.js');
  expect(ids).toContain('/dist/client/noBrowserPasskeys.js');
});

test('holds no react-dom, no dialog, no QR drawing, no passkey library, no screen', () => {
  const web =
    /node_modules\/(react-dom|@radix-ui|qrcode|get-nonce|@simplewebauthn)\/|\/dist\/(ui\/|MfaProvider|DynamicContextProvider)/;
  expect(modules.map(({ id }) => id).filter((id) => web.test(id))).toEqual([]);
});

test('nothing of it reads a document or a window', () => {
  const reads = /\bdocument\b|\bwindow\./;
  const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  expect(
    ours()
      .filter(({ code }) => reads.test(withoutComments(code)))
      .map(({ id }) => id),
  ).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { cyclesOf, type Import, importsOf, sourceFiles } from './importGraph.js';

interface Room {
  /** Folders, or files, of src that may be imported. */
  ours: string[];
  /** The same, but only their types. */
  types?: string[];
  packages: (string | RegExp)[];
}

const serverPackages = [
  'hono',
  'hono-openapi',
  'valibot',
  '@valibot/to-json-schema',
  'jose',
  'otpauth',
  /^hono\//,
  /^@simplewebauthn\/server(\/helpers)?$/,
];

/** Who may import whom: the table of the architecture, and which packages a folder may reach for. */
const rooms: Record<string, Room> = {
  wire: { ours: [], packages: [] },
  client: { ours: ['wire'], packages: ['@simplewebauthn/browser'] },
  queries: { ours: ['client', 'wire'], packages: ['@tanstack/react-query'] },
  controller: { ours: ['wire', 'client/errors.ts'], packages: [] },
  hooks: { ours: ['controller', 'queries', 'client', 'wire'], packages: ['react', '@tanstack/react-query'] },
  native: {
    ours: ['hooks', 'controller', 'client', 'reactDoor.ts'],
    packages: ['react'],
  },
  ui: {
    ours: ['hooks', 'wire'],
    types: ['controller'],
    packages: ['react', 'react-dom', '@radix-ui/react-dialog', 'get-nonce', /^qrcode\b/],
  },
  server: { ours: ['wire'], packages: serverPackages },
  'server/store': { ours: ['wire', 'server'], packages: ['kysely', 'libsql', 'pg', /^node:/] },
};

const imports = sourceFiles('src').flatMap(importsOf);

describe('inside src', () => {
  test('each folder imports only the folders it may', () => {
    expect(
      imports
        .filter(({ isOurs }) => isOurs)
        .filter(isForbidden)
        .map(asText),
    ).toEqual([]);
  });

  test('each folder reaches only for the packages it may', () => {
    const reached = imports.filter((one) => !one.isOurs && !one.isType);
    const isUnknown = ({ from, to }: Import) => {
      const room = rooms[roomOf(from) ?? ''];
      const allowed = room ? room.packages : ['react', '@tanstack/react-query'];
      return !allowed.some((name) => (typeof name === 'string' ? name === to : name.test(to)));
    };
    expect(reached.filter(isUnknown).map(asText)).toEqual([]);
  });

  test('nothing imports in a circle, types included', () => {
    expect(cyclesOf(imports).map((files) => files.join(' → '))).toEqual([]);
  });

  test('nobody imports an index', () => {
    expect(imports.filter(({ isOurs, to }) => isOurs && /(^|\/)index\.tsx?$/.test(to)).map(asText)).toEqual([]);
  });

  test('the modals are loaded on demand only', () => {
    const eager = imports.filter(({ to, isLazy, isType }) => to === 'src/ui/MfaModals.tsx' && !isLazy && !isType);
    expect(eager.map(asText)).toEqual([]);
  });
});

test('what verifies passkeys is loaded with the first of them, not with the server', () => {
  const found = imports.filter(({ to, isType }) => to.startsWith('@simplewebauthn/server') && !isType);
  expect(found.filter(({ isLazy }) => !isLazy).map(asText)).toEqual([]);
  expect(found).not.toEqual([]);
});

describe('outside src', () => {
  test.each(['demo', 'stories', 'bench'])('%s comes in through the doors of the package', (folder) => {
    // Parts and single states of screens are shown by their props, which are no doors of the package.
    const isShowcase = (file: string) => /^stories\/(parts|screens|support\/look)/.test(file);
    const around = sourceFiles(folder)
      .filter((file) => !isShowcase(file))
      .flatMap(importsOf);
    expect(around.filter(({ isOurs, to }) => isOurs && to.startsWith('src/')).map(asText)).toEqual([]);
  });
});

test('a circle, a forbidden edge and a type are told apart', () => {
  const edge = (from: string, to: string, isType = false): Import => ({
    from,
    to,
    isOurs: true,
    isType,
    isLazy: false,
  });
  expect(cyclesOf([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')])).toEqual([['a', 'b', 'c', 'a']]);
  expect(isForbidden(edge('src/client/core.ts', 'src/server/totp.ts'))).toBe(true);
  expect(isForbidden(edge('src/server/totp.ts', 'src/client/core.ts'))).toBe(true);
  expect(isForbidden(edge('src/ui/MfaModals.tsx', 'src/controller/screens.ts'))).toBe(true);
  expect(isForbidden(edge('src/ui/MfaModals.tsx', 'src/controller/screens.ts', true))).toBe(false);
  expect(isForbidden(edge('src/MfaProvider.tsx', 'src/ui/parts/Button.tsx'))).toBe(true);
});

function isForbidden({ from, to, isType, isLazy }: Import): boolean {
  const room = roomOf(from);
  // The provider puts everything together, but interface only when it is needed; the door ".": the screens as components.
  if (from === 'src/MfaProvider.tsx')
    return to.startsWith('src/server/') || (to.startsWith('src/ui/') && !isLazy && !isType);
  if (!room) return to.startsWith('src/server/');
  const { ours, types = [] } = rooms[room] as Room;
  return ![room, ...ours, ...(isType ? types : [])].some((place) => `${to}/`.startsWith(`src/${place}/`));
}

/** Only the stores are bound to Node and to a database: a room of its own inside the server's. */
function roomOf(file: string): string | undefined {
  if (file.startsWith('src/server/store/')) return 'server/store';
  const folder = file.split('/')[1] ?? '';
  return folder in rooms ? folder : undefined;
}

function asText({ from, to }: Import): string {
  return `${from} → ${to}`;
}

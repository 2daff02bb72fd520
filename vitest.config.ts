// The Vitest projects, by what a test needs to run. Type tests and stories have configurations of their own beside this one.
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { chromiumArguments, findChromium } from './scripts/chromium.mjs';
import { root, sourceAliases } from './scripts/doors.mjs';

const alias = sourceAliases();
const cleanup = `${root}test/support/cleanup.setup.ts`;
const act = `${root}test/support/act.setup.ts`;
const otherProjects = ['test/{package,browser,e2e,react18}/**'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...otherProjects],
          globalSetup: ['test/support/postgres.setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'dom',
          environment: 'jsdom',
          setupFiles: [act, cleanup],
          include: ['test/**/*.test.tsx'],
          exclude: [...configDefaults.exclude, ...otherProjects],
          testTimeout: 15_000,
        },
      },
      {
        // Everything that renders comes from this folder's own install, wherever it is imported from.
        root: `${root}test/react18`,
        resolve: {
          alias,
          dedupe: [
            'react',
            'react-dom',
            '@tanstack/react-query',
            '@radix-ui/react-dialog',
            '@testing-library/dom',
            '@testing-library/react',
            '@testing-library/user-event',
          ],
        },
        test: {
          name: 'react18',
          environment: 'jsdom',
          setupFiles: [act, cleanup],
          dir: `${root}test`,
          include: ['**/*.test.tsx'],
          exclude: [...configDefaults.exclude, '{package,browser,e2e}/**'],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/package/tarball.setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        resolve: { alias },
        // What the server in the page loads on demand: found on the way, it would make Vite reload the page in mid-test.
        optimizeDeps: {
          include: [
            '@simplewebauthn/browser',
            '@simplewebauthn/server',
            '@simplewebauthn/server/helpers',
            '@valibot/to-json-schema',
            'hono',
            'hono-openapi',
            'jose',
            'otpauth',
            'qrcode/lib/core/qrcode.js',
            'valibot',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.test.{ts,tsx}'],
          setupFiles: [cleanup],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArguments } }),
            // 'localhost', because an address is no relying party id.
            api: { host: 'localhost' },
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          globalSetup: ['test/e2e/support/build.setup.ts'],
          include: ['test/e2e/**/*.e2e.test.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

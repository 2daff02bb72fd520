// Every story is a test in Chromium: it renders, its play function passes, and axe finds nothing.
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, findChromium } from './scripts/chromium.mjs';
import { root } from './scripts/doors.mjs';

export default defineConfig({
  plugins: [storybookTest({ configDir: `${root}.storybook`, disableAddonDocs: true })],
  test: {
    name: 'storybook',
    maxWorkers: 2,
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArguments } }),
      // The line to the browser, over which stories get a virtual authenticator, counts as both.
      api: { host: 'localhost', allowWrite: true, allowExec: true },
      instances: [{ browser: 'chromium' }],
    },
  },
});

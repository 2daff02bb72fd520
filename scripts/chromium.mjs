// Finds Chromium for the browser tests, or installs it.
import { existsSync, readdirSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { delimiter, join } from 'node:path';
import { aptInstall, isRootOnDebian } from './apt.mjs';
import { bin, run, say } from './shell.mjs';

// Without the background flags Chromium calls home at every start, which a closed network refuses many at a time.
export const chromiumArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns {string | undefined} the path of a Chromium to drive */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return chosen;
  return [...onPath(), ...fromPlaywright()].find((path) => existsSync(path));
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const apple = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), apple];
}

/** Playwright keeps its own builds in a folder per revision; the newest comes first. */
function fromPlaywright() {
  const caches = { darwin: 'Library/Caches/ms-playwright', win32: 'AppData/Local/ms-playwright' };
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    join(
      homedir(),
      platform() === 'darwin' ? caches.darwin : platform() === 'win32' ? caches.win32 : '.cache/ms-playwright',
    );
  if (!existsSync(cache)) return [];
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ];
  const builds = readdirSync(cache).filter((name) => name.startsWith('chromium-'));
  return builds
    .sort()
    .reverse()
    .flatMap((build) => inside.map((path) => join(cache, build, path)));
}

export async function ensureChromium() {
  if (findChromium()) return;
  if (isRootOnDebian()) {
    say('Installing Chromium from Debian for the browser tests (about a minute).');
    await aptInstall('chromium', 'fonts-liberation');
  }
  if (findChromium()) return;
  say("Downloading Playwright's Chromium for the browser tests.");
  const { output } = await run(bin('playwright'), ['install', 'chromium']);
  if (findChromium()) return;
  throw new Error(
    `No Chromium found and none could be installed, so the browser tests cannot run. Install Chromium or Chrome, or set CHROMIUM_PATH to one.\n${output}`,
  );
}

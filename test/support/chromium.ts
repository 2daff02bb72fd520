/** The Chromium that end-to-end tests drive, and how it must be started here. */
import { type Browser, chromium } from 'playwright';
import { chromiumArguments, findChromium } from '../../scripts/chromium.mjs';

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium here: `npm test` installs one, or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: chromiumArguments });
}

/** U-02 once more, from real pixels: what stands on the screen is read by an independent decoder, in both themes. */
import { render } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import '../../src/ui/styles.css';
import { english } from '../../src/ui/messages/Language.js';
import { QrCodeView } from '../../src/ui/screens/views/QrCodeView.js';
import { createRandom } from '../ui/random.js';

beforeAll(async () => {
  const binary = await (await fetch(wasm)).arrayBuffer();
  await prepareZXingModule({ overrides: { wasmBinary: binary }, fireImmediately: true });
});

const nothing = () => undefined;
const show = (uri: string, theme: 'light' | 'dark') => (
  <div data-mfa-theme={theme} data-testid="ground" style={{ background: theme === 'dark' ? '#000' : '#fff' }}>
    <QrCodeView
      frame={{ language: english }}
      registration={{ secret: 'JBSWY3DPEHPK3PXP', uri }}
      onRestart={nothing}
      onContinue={nothing}
    />
  </div>
);

const readScreen = async (): Promise<string | undefined> => {
  const shot = await page.getByTestId('ground').screenshot({ save: false, base64: true });
  const data = typeof shot === 'string' ? shot : (shot as { base64: string }).base64;
  const [found] = await readBarcodes(await (await fetch(`data:image/png;base64,${data}`)).blob(), {
    formats: ['QRCode'],
  });
  return found?.text;
};

const random = createRandom(7);
const names = Array.from({ length: 10 }, () => [random.text(1, 24), random.text(1, 32), random.base32(32)] as const);

test.each(['light', 'dark'] as const)('what is on screen in the %s is what the server said', async (theme) => {
  for (const [issuer, account, secret] of names) {
    const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
    const uri = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
    const { container, unmount } = render(show(uri, theme));
    await expect.poll(() => container.querySelector('[data-mfa-part="qr"]')).not.toBeNull();
    expect(await readScreen()).toBe(uri);
    unmount();
  }
});

test('drawing it asks nobody: no request leaves the page (P-07)', async () => {
  performance.clearResourceTimings();
  const { container } = render(show('otpauth://totp/Harbor:ada?secret=JBSWY3DPEHPK3PXP&issuer=Harbor', 'light'));
  await expect.poll(() => container.querySelector('[data-mfa-part="qr"]')).not.toBeNull();
  const elsewhere = performance.getEntriesByType('resource').filter(({ name }) => !name.startsWith(location.origin));
  expect(elsewhere.map(({ name }) => name)).toEqual([]);
});

/**
 * U-02 and C-10. Threat: a QR code that says something else than the server did, or that leads elsewhere than into an
 * authenticator app. What is drawn is read back by a decoder that has nothing to do with ours.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import qrcode from 'qrcode/lib/core/qrcode.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { isTotpUri, QUIET_ZONE, qrPath, readTotpUri } from '../../src/ui/parts/qrPath.js';
import { createRandom } from './random.js';

beforeAll(async () => {
  const door = createRequire(import.meta.url).resolve('zxing-wasm/reader');
  const wasm = readFileSync(join(door, '../../../reader/zxing_reader.wasm'));
  await prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer },
    fireImmediately: true,
  });
});

const SCALE = 3;

/** Paints the path we draw, and nothing but the path, as a scanner would see it. */
const paint = (path: string, side: number) => {
  const width = side * SCALE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, column = '', row = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let y = Number(row) * SCALE; y < (Number(row) + 1) * SCALE; y++) {
      const from = (y * width + Number(column) * SCALE) * 4;
      for (let at = from; at < from + Number(run) * SCALE * 4; at += 4) data.fill(0, at, at + 3);
    }
  }
  return { data, width, height: width, colorSpace: 'srgb' as const };
};

const draw = (uri: string) => {
  const { modules } = qrcode.create(uri, { errorCorrectionLevel: 'L' });
  return { path: qrPath(modules), side: modules.size + 2 * QUIET_ZONE };
};

const totpUri = (issuer: string, account: string, secret: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`;

test('1,000 random issuers and accounts are read back exactly (U-02)', { timeout: 120_000 }, async () => {
  const random = createRandom(20_30);
  const wrong: string[] = [];
  for (let round = 0; round < 1000; round++) {
    const uri = totpUri(random.text(1, 24), random.text(1, 32), random.base32(32));
    const { path, side } = draw(uri);
    const [found] = await readBarcodes(paint(path, side) as ImageData, { formats: ['QRCode'] });
    if (found?.text !== uri) wrong.push(uri);
  }
  expect(wrong).toEqual([]);
});

test('the picture has four light modules on every side', () => {
  const { path, side } = draw(totpUri('Harbor', 'ada@example.com', 'JBSWY3DPEHPK3PXP'));
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(
    (run) => run.slice(1).map(Number) as [number, number, number],
  );
  expect(QUIET_ZONE).toBe(4);
  expect(Math.min(...runs.map(([column]) => column))).toBe(4);
  expect(Math.min(...runs.map(([, row]) => row))).toBe(4);
  expect(Math.max(...runs.map(([column, , run]) => column + run))).toBe(side - 4);
  expect(Math.max(...runs.map(([, row]) => row + 1))).toBe(side - 4);
});

describe('only an authenticator app’s address is drawn (C-10)', () => {
  test.each([
    'https://evil.example/',
    'javascript:alert(1)',
    'otpauth://hotp/Harbor:ada?secret=A&counter=1',
    'otpauth-migration://offline?data=A',
    'OTPAUTH://totp/Harbor:ada?secret=A',
    ' otpauth://totp/Harbor:ada?secret=A',
    'otpauth://totp/Harbor:ada?secret=A\nhttps://evil.example/',
    'otpauth://totp/Har bor:ada?secret=A',
    'otpauth://totp/',
    'data:text/html,x',
    '',
  ])('%j is refused', (uri) => {
    expect(isTotpUri(uri)).toBe(false);
  });

  test('the server’s own are drawn', () => {
    expect(isTotpUri(totpUri('Harbor & Söhne', 'ada@example.com', 'JBSWY3DPEHPK3PXP'))).toBe(true);
  });
});

describe('issuer and account are shown as the app will', () => {
  test.each([
    ['Harbor', 'ada@example.com'],
    ['Häfen & Söhne: Süd', 'a+b@example.com'],
    ['ハーバー', 'エイダ'],
  ])('%s, %s', (issuer, account) => {
    expect(readTotpUri(totpUri(issuer, account, 'A'))).toEqual({ issuer, account });
  });

  test('nonsense shows nothing', () => {
    expect(readTotpUri('%%%')).toEqual({ issuer: '', account: '' });
  });
});

/** Reads a QR code from pixels with a decoder that shares nothing with the encoder. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });

export const readQr = async (image: Locator): Promise<string> => {
  const found = await readBarcodes(new Uint8Array(await image.screenshot()), { formats: ['QRCode'] });
  return found[0]?.text ?? '';
};

import { createPiece } from './piece.js';
import type { QrMatrix } from './qrPath.js';

interface Encoder {
  create(text: string, options: { errorCorrectionLevel: 'L' | 'M' }): { modules: QrMatrix };
}

/**
 * The encoder's core alone, on demand: its renderers would be dead weight, since we draw the code ourselves. CommonJS
 * arrives under `default` or spread, depending on the bundler.
 */
export const qrEncoder = createPiece<Encoder>(async () => {
  const module = await import('qrcode/lib/core/qrcode.js');
  return 'default' in module ? module.default : module;
});

/** The published types of `qrcode` cover its front door only. */
declare module 'qrcode/lib/core/qrcode.js' {
  interface Core {
    create(text: string, options: { errorCorrectionLevel: 'L' | 'M' }): { modules: { size: number; data: Uint8Array } };
  }
  export const create: Core['create'];
  const core: Core;
  export default core;
}

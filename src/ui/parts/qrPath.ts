/** What the encoder gives: a square of modules, row by row, dark ones true. */
export interface QrMatrix {
  size: number;
  data: ArrayLike<number | boolean>;
}

/** Light modules around the code (ISO/IEC 18004 §9.1); without them many phones do not see it. */
export const QUIET_ZONE = 4;

/** Only what an authenticator app understands is drawn: whatever else a server sends would be a trap for who scans it. */
export const isTotpUri = (uri: string): boolean => /^otpauth:\/\/totp\/[\x21-\x7e]+$/.test(uri);

/** The dark modules as one path, a rectangle for each run of a row. */
export function qrPath({ size, data }: QrMatrix): string {
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = column;
      while (column < size && data[row * size + column]) column++;
      const run = column - from;
      if (run > 0) path += `M${from + QUIET_ZONE} ${row + QUIET_ZONE}h${run}v1h-${run}z`;
    }
  }
  return path;
}

/** Issuer and account as an authenticator app will show them (Key URI format). */
export function readTotpUri(uri: string): { issuer: string; account: string } {
  try {
    const url = new URL(uri);
    const label = decodeURIComponent(url.pathname.replace(/^\/+(totp\/)?/, ''));
    const issuer = url.searchParams.get('issuer') ?? (label.includes(':') ? label.slice(0, label.indexOf(':')) : '');
    const account = label.startsWith(`${issuer}:`) ? label.slice(issuer.length + 1) : label;
    return { issuer, account: account.trim() };
  } catch {
    return { issuer: '', account: '' };
  }
}

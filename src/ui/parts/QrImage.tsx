import { useMemo } from 'react';
import { part } from './part.js';
import { usePiece } from './piece.js';
import { qrEncoder } from './qrEncoder.js';
import { isTotpUri, QUIET_ZONE, qrPath } from './qrPath.js';

export interface QrImageProps {
  /** `otpauth://totp/…`. Nothing else is drawn. */
  uri: string;
  /** Text alternative. */
  label: string;
}

/**
 * Black on white with its quiet zone, whatever the theme: scanners do not see light on dark. Draws nothing for an
 * address that is not an authenticator app's, nor until the encoder is there.
 */
export function QrImage({ uri, label }: QrImageProps) {
  const encoder = usePiece(qrEncoder);
  const code = useMemo(() => {
    if (encoder.status !== 'ready' || !isTotpUri(uri)) return undefined;
    const { modules } = encoder.value.create(uri, { errorCorrectionLevel: 'L' });
    return { side: modules.size + 2 * QUIET_ZONE, path: qrPath(modules) };
  }, [encoder, uri]);
  if (!code) return null;
  return (
    <svg
      {...part('qr')}
      data-mfa-secret=""
      role="img"
      aria-label={label}
      viewBox={`0 0 ${code.side} ${code.side}`}
      width="200"
      height="200"
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}

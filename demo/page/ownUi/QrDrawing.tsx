import { create } from 'qrcode';
import { useMemo } from 'react';

/** Four modules of white all around, or scanners fail on dark pages. */
const quietZone = 4;

export const QrDrawing = ({ uri }: { uri: string }) => {
  const { size, path } = useMemo(() => draw(uri), [uri]);
  const side = size + 2 * quietZone;
  return (
    <svg
      className="own-qr"
      viewBox={`${-quietZone} ${-quietZone} ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label="QR code for your authenticator app. The key below does the same."
    >
      <rect x={-quietZone} y={-quietZone} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};

const draw = (text: string): { size: number; path: string } => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
  }
  return { size: modules.size, path };
};

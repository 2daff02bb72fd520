import { contourLines } from './contourLines.js';

const width = 720;
const height = 960;

/** The sea floor off an imaginary coast: three shoals and a channel between them. */
const depthAt = (x: number, y: number): number => {
  const shoal = (cx: number, cy: number, rx: number, ry: number): number =>
    Math.exp(-(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2));
  const swell = 0.07 * Math.sin(x / 71 + y / 160) + 0.06 * Math.sin(y / 83 - x / 190);
  return shoal(600, 210, 250, 190) + 0.85 * shoal(90, 520, 210, 260) + 0.7 * shoal(560, 820, 240, 170) + swell;
};

const levels = [0.08, 0.16, 0.25, 0.34, 0.44, 0.54, 0.65, 0.76, 0.88, 0.99];
const lines = levels.map((level) => ({ level, path: contourLines(depthAt, { width, height, cell: 10, level }) }));

const soundings: readonly (readonly [number, number])[] = [
  [300, 120],
  [420, 420],
  [330, 330],
  [640, 560],
  [120, 180],
  [480, 70],
  [520, 520],
];

/** A nautical chart, drawn from a formula: decoration for the sign-in page. */
export const ContourMap = () => (
  <svg
    className="contour-map"
    viewBox={`0 0 ${width} ${height}`}
    preserveAspectRatio="xMidYMid slice"
    aria-hidden="true"
  >
    {lines.map(({ level, path }) => (
      <path
        key={level}
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth={level > 0.7 ? 1.5 : 1}
        opacity={0.2 + level * 0.45}
      />
    ))}
    {soundings.map(([x, y]) => (
      <text key={`${x}-${y}`} x={x} y={y} fill="currentColor" fontSize="15" opacity="0.5" fontStyle="italic">
        {Math.max(2, Math.round((1 - depthAt(x, y)) * 28))}
      </text>
    ))}
    <g transform="translate(405 500)">
      <circle r="26" fill="none" stroke="#ff8a66" strokeWidth="1.2" opacity="0.45" />
      <circle r="15" fill="none" stroke="#ff8a66" strokeWidth="1.2" opacity="0.8" />
      <circle r="6" fill="#ff8a66" />
    </g>
  </svg>
);

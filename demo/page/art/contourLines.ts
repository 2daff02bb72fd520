type Field = (x: number, y: number) => number;
type Point = readonly [number, number];

/** Corners of a cell clockwise from the top left; an edge joins a corner to the next. */
const corners: readonly Point[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/** Where a field passes through one level, as SVG path data: marching squares, each cell by itself. */
export const contourLines = (
  field: Field,
  { width, height, cell, level }: { width: number; height: number; cell: number; level: number },
): string => {
  const parts: string[] = [];
  for (let y = 0; y < height; y += cell) {
    for (let x = 0; x < width; x += cell) {
      const crossings = crossingsOf(field, level, x, y, cell);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        parts.push(`M${crossings[pair]}L${crossings[pair + 1]}`);
      }
    }
  }
  return parts.join('');
};

const crossingsOf = (field: Field, level: number, x: number, y: number, cell: number): string[] => {
  const at = corners.map(([dx, dy]): { x: number; y: number; value: number } => {
    const cx = x + dx * cell;
    const cy = y + dy * cell;
    return { x: cx, y: cy, value: field(cx, cy) - level };
  });
  return at.flatMap((from, index) => {
    const to = at[(index + 1) % at.length];
    if (to === undefined || from.value < 0 === to.value < 0) return [];
    const share = from.value / (from.value - to.value);
    return [`${(from.x + share * (to.x - from.x)).toFixed(1)} ${(from.y + share * (to.y - from.y)).toFixed(1)}`];
  });
};

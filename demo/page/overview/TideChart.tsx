import { forecast, history, reserve } from './ledger.js';
import { dateIn, roundMoney } from './money.js';

const width = 1000;
const height = 240;
const top = 1350_000_00;
const weeks = history.length + forecast.length - 2;

type Point = { x: number; y: number };

const yOf = (cents: number): number => height - (cents / top) * height;
const points = (values: readonly number[], firstWeek: number): Point[] =>
  values.map((value, index) => ({ x: ((firstWeek + index) / weeks) * width, y: yOf(value) }));

/** A smooth line through points: each week swells into the next. */
const wave = ([first, ...rest]: Point[]): string => {
  if (first === undefined) return '';
  let from = first;
  const curves = rest.map((to) => {
    const middle = (from.x + to.x) / 2;
    const curve = `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
    from = to;
    return curve;
  });
  return `M${first.x} ${first.y}${curves.join('')}`;
};

const past = points(history, 0);
const ahead = points(forecast, history.length - 1);
const today = ahead[0] ?? { x: 0, y: 0 };

/** Cash as a water level: what came in and went out, what is expected, and the line the team wants to stay above. */
export const TideChart = () => (
  <figure className="tide">
    <div className="tide-water">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Balance over thirteen weeks, from ${roundMoney(history[0] ?? 0)} to ${roundMoney(history.at(-1) ?? 0)}. Lowest expected in the next five weeks: ${roundMoney(Math.min(...forecast))}.`}
      >
        <defs>
          <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--water-top)" />
            <stop offset="1" stopColor="var(--water-bottom)" />
          </linearGradient>
        </defs>
        <path d={`${wave(past)}L${today.x} ${height}L0 ${height}Z`} fill="url(#water)" />
        <path d={`${wave(ahead)}L${width} ${height}L${today.x} ${height}Z`} fill="url(#water)" opacity="0.45" />
        <path d={wave(past)} fill="none" stroke="var(--accent)" strokeWidth="2.5" vectorEffect="non-scaling-stroke" />
        <path
          d={wave(ahead)}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2"
          strokeDasharray="5 6"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={`M0 ${yOf(reserve)}H${width}`}
          stroke="var(--buoy)"
          strokeWidth="1.2"
          strokeDasharray="2 5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span className="tide-reserve small" data-level={reserve}>
        Reserve line {roundMoney(reserve)}
      </span>
      <span className="tide-today" />
    </div>
    <div className="tide-weeks small quiet" aria-hidden="true">
      <span>{dateIn(-91)}</span>
      <span className="tide-weeks-today">Today</span>
      <span className="tide-weeks-last">{dateIn(35)}</span>
    </div>
  </figure>
);

import type { Language } from '../messages/Language.js';
import { part } from './part.js';

export interface CountdownRingProps {
  language: Language;
  /** Seconds. */
  left: number;
  /** Seconds the full ring stands for. */
  total: number;
  size?: number;
  /** Without figures the ring is decoration beside words. Default: true. */
  hasFigures?: boolean;
}

/** A ring that empties. Silent for screen readers: who shows it says the time in words now and then. */
export function CountdownRing({ language, left, total, size = 120, hasFigures = true }: CountdownRingProps) {
  const fraction = Math.max(0, Math.min(1, left / total));
  const circle = { cx: 60, cy: 60, r: 54, pathLength: 1 };
  return (
    <div {...part('ring', undefined, hasFigures ? undefined : 'narrow')} aria-hidden="true">
      <svg viewBox="0 0 120 120" width={size} height={size} fill="none">
        <circle {...circle} />
        <circle {...circle} strokeDasharray={`${fraction} 1`} transform="rotate(-90 60 60)" />
      </svg>
      {hasFigures && <span {...part('ring-time')}>{language.figures(Math.max(0, Math.ceil(left)))}</span>}
    </div>
  );
}

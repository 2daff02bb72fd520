import { part } from './part.js';

export interface SkeletonProps {
  /** Which screen is to come: the bones take its place and size. */
  of: 'qr' | 'codes' | 'rows' | 'field' | 'screen';
  /** Said to screen readers. */
  label: string;
}

const count = { qr: 3, codes: 2, rows: 2, field: 2, screen: 5 } as const;

/** Stands where something will be, after 150 ms, so that what comes quickly does not flicker. */
export function Skeleton({ of, label }: SkeletonProps) {
  return (
    <output {...part('skeleton')} data-of={of}>
      <span {...part('hidden')}>{label}</span>
      {Array.from({ length: count[of] }, (_, at) => (
        <span key={at} {...part('bone')} />
      ))}
    </output>
  );
}

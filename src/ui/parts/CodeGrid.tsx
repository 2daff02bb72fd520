import type { Ref } from 'react';
import { numberCodes } from './formatCodes.js';
import { part } from './part.js';

export interface CodeGridProps {
  codes: readonly string[];
  label: string;
  gridRef?: Ref<HTMLOListElement>;
}

/** Recovery codes, numbered, in two columns where there is room. */
export function CodeGrid({ codes, label, gridRef }: CodeGridProps) {
  return (
    <ol {...part('codes')} ref={gridRef} aria-label={label} data-mfa-secret="" dir="ltr" translate="no">
      {numberCodes(codes).map(({ number, text }) => (
        <li key={number} {...part('code')}>
          <span aria-hidden="true">{number}</span>
          <code>{text}</code>
        </li>
      ))}
    </ol>
  );
}

import { part } from './part.js';

/** Line drawings on a grid of 24, one stroke. `flip` ones point the other way where text runs from the right. */
const drawings = {
  back: 'M14.5 5.5 8 12l6.5 6.5',
  chevron: 'm9.5 5.5 6.5 6.5-6.5 6.5',
  close: 'm6.5 6.5 11 11m0-11-11 11',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  copy: 'M9 9h8.5A1.5 1.5 0 0 1 19 10.5V19a1.5 1.5 0 0 1-1.5 1.5H9A1.5 1.5 0 0 1 7.5 19v-8.5A1.5 1.5 0 0 1 9 9ZM4.8 15.5V6A2 2 0 0 1 6.8 4h8.7',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14',
  print: 'M7.5 8.5V4h9v4.5m-9 8H6a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-1.5M7.5 14h9v6h-9Z',
  pen: 'm5 19 .9-3.8L16.5 4.6l2.9 2.9L8.8 18.1 5 19Zm9.5-12.4 2.9 2.9',
  alert: 'M12 8.5v4.2m0 3.1v.1M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  info: 'M12 11.3v4.5m0-7.7V8m0-4.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z',
  phone:
    'M8.5 3.5h7A1.5 1.5 0 0 1 17 5v14a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 19V5a1.5 1.5 0 0 1 1.5-1.5ZM11 17.5h2',
  key: 'M14.8 4.5a4.7 4.7 0 1 1-2.6 8.6L6.3 19H4v-2.8l6.4-6.3a4.7 4.7 0 0 1 4.4-5.4Zm1.2 3.4v.1',
  fingerprint:
    'M12 11v2.5c0 2.3.4 4.3 1.2 6M8.5 19c-.5-1.7-.8-3.5-.8-5.5V11a4.3 4.3 0 0 1 8.6 0v2c0 1.5.2 2.9.6 4.2M5 15.5c-.2-1.4-.3-3-.3-4.5a7.3 7.3 0 0 1 12.5-5.2M19.3 11v2.5',
  plus: 'M12 5.5v13M5.5 12h13',
  external: 'M13.5 5H19v5.5M19 5l-8 8M10 6H7a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2v-3',
} as const;

export type IconName = keyof typeof drawings;
const flipped: ReadonlySet<IconName> = new Set(['back', 'chevron']);

/** Decoration: the words beside it say the same. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      {...part('icon')}
      data-flip={flipped.has(name) || undefined}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={drawings[name]} />
    </svg>
  );
}

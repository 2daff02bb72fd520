import { part } from './part.js';

/** Line drawings on a grid of 24, one stroke. `flip` ones point the other way where text runs from the right. */
const drawings = {
  back: 'm14 6-6 6 6 6',
  chevron: 'm10 6 6 6-6 6',
  close: 'm7 7 10 10m0-10L7 17',
  check: 'm5 12 5 5 9-10',
  copy: 'M9 9h11v11H9ZM5 15V4h11',
  download: 'M12 4v11m-5-5 5 5 5-5M5 20h14',
  print: 'M7 8V4h10v4M7 17H4V8h16v9h-3M7 14h10v6H7Z',
  pen: 'm5 19 1-4L16 5l3 3L9 18l-4 1Z',
  alert: 'M12 8v5m0 3v.1M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z',
  info: 'M12 11v5m0-8v.1M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z',
  phone: 'M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm3 15h2',
  key: 'M15 4a5 5 0 1 1-3 9l-6 6H4v-3l6-6a5 5 0 0 1 5-6Zm1 4v.1',
  computer: 'M6 5h12a1 1 0 0 1 1 1v9H5V6a1 1 0 0 1 1-1ZM3 19h18l-2-4H5l-2 4Z',
  cloud: 'M7 18a4 4 0 0 1-.6-8 6 6 0 0 1 11.5 1.6A3.3 3.3 0 0 1 17.3 18H7Z',
  fob: 'M9 3h6v5H9ZM7 8h10v10a3 3 0 0 1-3 3h-4a3 3 0 0 1-3-3Zm5 5v3',
  fingerprint:
    'M12 12v2q0 4 1.5 7M8.5 20q-1-3-1-8a4.5 4.5 0 0 1 9 0q0 4 .8 6M5 17q-.6-2.5-.6-5a7.6 7.6 0 0 1 15.2 0q0 2-.1 3',
  plus: 'M12 6v12m-6-6h12',
  shield: 'm12 3 8 3v6c0 4-3 7-8 9-5-2-8-5-8-9V6l8-3Zm-3 9 2 2 4-4',
  scan: 'M4 8V4h4m8 0h4v4m0 8v4h-4m-8 0H4v-4M8 8h3v3H8Zm5 0h3v3h-3Zm-5 5h3v3H8Zm5 0v.1m3 3v.1',
  sheet: 'M14 3H6v18h12V7l-4-4Zm0 0v4h4M9 12h6m-6 4h4',
  lock: 'M6 10h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1Zm2 0V8a4 4 0 0 1 8 0v2m-4 4v2',
  door: 'M12 4h7v16h-7M4 12h11m-4-4 4 4-4 4',
  external: 'M14 5h5v5m0-5-8 8m-1-7H5v13h13v-5',
} as const;

export type IconName = keyof typeof drawings;
const flipped: ReadonlySet<IconName> = new Set(['back', 'chevron']);

export interface IconProps {
  name: IconName;
  /** Default: 20. */
  size?: number;
  /** `mark`: the large drawing at the head of a screen, its shape filled with a soft tint. */
  as?: 'icon' | 'mark';
}

/** Decoration: the words beside it say the same. */
export function Icon({ name, size = 20, as = 'icon' }: IconProps) {
  return (
    <svg
      {...part(as)}
      data-flip={flipped.has(name) || undefined}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="currentColor"
      fillOpacity={as === 'mark' ? 0.14 : 0}
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

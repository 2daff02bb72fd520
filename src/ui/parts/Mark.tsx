import { part } from './part.js';

/** The drawing at the head of a screen: a soft shape in the accent's tint under a line in the accent, on a grid of 40. */
const drawings = {
  shield: {
    soft: 'M20 4.5 32.5 9v10.2c0 7.8-5.1 13.3-12.5 16.3-7.4-3-12.5-8.5-12.5-16.3V9L20 4.5Z',
    line: 'M20 4.5 32.5 9v10.2c0 7.8-5.1 13.3-12.5 16.3-7.4-3-12.5-8.5-12.5-16.3V9L20 4.5Zm-5 15.7 3.7 3.7 6.8-7.4',
  },
  scan: {
    soft: 'M12 12h16v16H12Z',
    line: 'M6 13V9a3 3 0 0 1 3-3h4m14 0h4a3 3 0 0 1 3 3v4m0 14v4a3 3 0 0 1-3 3h-4m-14 0H9a3 3 0 0 1-3-3v-4m6.5-14.5h5v5h-5Zm10 0h5v5h-5Zm-10 10h5v5h-5Zm10 0v1.5m5 0v-1.5m-5 5H25m2.5 0v.1',
  },
  phone: {
    soft: 'M14 4.5h12a3 3 0 0 1 3 3v25a3 3 0 0 1-3 3H14a3 3 0 0 1-3-3v-25a3 3 0 0 1 3-3Z',
    line: 'M14 4.5h12a3 3 0 0 1 3 3v25a3 3 0 0 1-3 3H14a3 3 0 0 1-3-3v-25a3 3 0 0 1 3-3Zm4.5 26.5h3m-6-13.5v.1m4.5-.1v.1m4.5-.1v.1',
  },
  key: {
    soft: 'M26 5a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
    line: 'M26 5a9 9 0 1 1-4.6 16.7L17 26.2h-3.5v3.5H10V33H5.5v-5l12.3-12.3A9 9 0 0 1 26 5Zm2.5 6.5v.1',
  },
  sheet: {
    soft: 'M11 5h13l7 7v20a3 3 0 0 1-3 3H12a3 3 0 0 1-3-3V7a2 2 0 0 1 2-2Z',
    line: 'M24 5H12a3 3 0 0 0-3 3v24a3 3 0 0 0 3 3h16a3 3 0 0 0 3-3V12l-7-7Zm0 0v7h7m-16.5 7h4m3.5 0h4m-11.5 5h4m3.5 0h4m-11.5 5h4m3.5 0h4',
  },
  lock: {
    soft: 'M11 17h18a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3H11a3 3 0 0 1-3-3V20a3 3 0 0 1 3-3Z',
    line: 'M11 17h18a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3H11a3 3 0 0 1-3-3V20a3 3 0 0 1 3-3Zm2.5 0v-4.5a6.5 6.5 0 0 1 13 0V17M20 24v3.5',
  },
  door: {
    soft: 'M19 6h11a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H19Z',
    line: 'M19 6h11a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H19M6 20h18m-6-6 6 6-6 6',
  },
} as const;

export type MarkName = keyof typeof drawings;

export function Mark({ name }: { name: MarkName }) {
  const { soft, line } = drawings[name];
  return (
    <svg {...part('mark')} viewBox="0 0 40 40" width="64" height="64" fill="none" aria-hidden="true" focusable="false">
      <path d={soft} fill="currentColor" opacity=".16" />
      <path d={line} stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

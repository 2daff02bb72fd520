import { part } from './part.js';

/** A tick that draws itself. */
export function SuccessMark() {
  return (
    <svg
      {...part('success')}
      viewBox="0 0 64 64"
      width="64"
      height="64"
      fill="none"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="32" cy="32" r="32" fill="currentColor" opacity=".14" />
      <path
        d="m20 33 8.5 8.5L45 25"
        pathLength="1"
        stroke="currentColor"
        strokeWidth="4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

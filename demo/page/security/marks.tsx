const line = {
  width: 24,
  height: 24,
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.7,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  'aria-hidden': true,
} as const;

export const AppMark = () => (
  <svg {...line}>
    <rect x="6.5" y="2.5" width="11" height="19" rx="2.5" />
    <path d="M10 11.8l1.6 1.6 2.9-3.1M10.5 18.5h3" />
  </svg>
);

/** A fingerprint: a passkey, wherever it is kept. */
export const FingerMark = ({ size = 24 }: { size?: number }) => (
  <svg {...line} width={size} height={size}>
    <path d="M12 12.2v1.6q0 3.8 1.7 6.9M8.6 20.3q-1.3-3.3-1.3-8a4.7 4.7 0 0 1 9.4 0q0 3.8.8 6.3M4.6 16.5q-.6-2-.6-4.2a8 8 0 0 1 16 0q0 1.3-.1 2.6" />
  </svg>
);

export const KeyMark = () => (
  <svg {...line}>
    <circle cx="8" cy="15.5" r="4" />
    <path d="M10.9 12.6 19.5 4M15.5 8l2.8 2.8" />
  </svg>
);

export const CloudMark = () => (
  <svg {...line} width={20} height={20}>
    <path d="M7.5 18.5h9.8a4.2 4.2 0 0 0 .5-8.37 6 6 0 0 0-11.56-.9A4.7 4.7 0 0 0 7.5 18.5Z" />
  </svg>
);

/** A chip: what never leaves its device. */
export const ChipMark = () => (
  <svg {...line} width={20} height={20}>
    <rect x="6.5" y="6.5" width="11" height="11" rx="2" />
    <path d="M9.5 3.5v3M14.5 3.5v3M9.5 17.5v3M14.5 17.5v3M3.5 9.5h3M3.5 14.5h3M17.5 9.5h3M17.5 14.5h3" />
  </svg>
);

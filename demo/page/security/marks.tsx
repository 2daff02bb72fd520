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

export const KeyMark = () => (
  <svg {...line}>
    <circle cx="8" cy="15.5" r="4" />
    <path d="M10.9 12.6 19.5 4M15.5 8l2.8 2.8" />
  </svg>
);

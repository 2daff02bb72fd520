/** Harbor's mark: a buoy over two waves. */
export const Logo = ({ size = 32 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="9" fill="#0a5f59" />
    <path
      d="M5 20.5c3.7 0 3.7-2.4 7.3-2.4s3.7 2.4 7.4 2.4 3.6-2.4 7.3-2.4"
      fill="none"
      stroke="#bfe9e1"
      strokeWidth="2.2"
      strokeLinecap="round"
    />
    <path
      d="M8 25.4c2.7 0 2.7-1.8 5.3-1.8s2.7 1.8 5.4 1.8 2.6-1.8 5.3-1.8"
      fill="none"
      stroke="#6fbdb2"
      strokeWidth="2"
      strokeLinecap="round"
    />
    <circle cx="16" cy="10.5" r="4" fill="#ff7a52" />
  </svg>
);

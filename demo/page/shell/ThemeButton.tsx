import { toggleTheme, useTheme } from '../theme.js';

export const ThemeButton = () => {
  const isDark = useTheme() === 'dark';
  return (
    <button
      type="button"
      className="theme-button"
      onClick={toggleTheme}
      aria-label={isDark ? 'Light theme' : 'Dark theme'}
    >
      <svg
        width="20"
        height="20"
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        aria-hidden="true"
      >
        {isDark ? (
          <>
            <circle cx="10" cy="10" r="3.4" />
            <path d="M10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M4.3 15.7l1.2-1.2M14.5 5.5l1.2-1.2" />
          </>
        ) : (
          <path d="M16.6 11.9A7 7 0 0 1 8.1 3.4a7 7 0 1 0 8.5 8.5Z" strokeLinejoin="round" />
        )}
      </svg>
    </button>
  );
};

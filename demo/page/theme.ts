import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const storageKey = 'harbor.theme';
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const chosen = (): Theme | undefined => {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : undefined;
  } catch {
    return undefined;
  }
};

let theme: Theme = 'light';

const apply = (next: Theme): void => {
  theme = next;
  document.documentElement.dataset.theme = next;
  for (const listener of listeners) listener();
};

const fromSystem = (): Theme => (systemIsDark.matches ? 'dark' : 'light');

/** Called once before the first paint. */
export const startTheme = (): void => {
  apply(chosen() ?? fromSystem());
  systemIsDark.addEventListener('change', () => chosen() ?? apply(fromSystem()));
};

export const toggleTheme = (): void => {
  apply(theme === 'dark' ? 'light' : 'dark');
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // A browser without storage forgets the choice with the page.
  }
};

export const useTheme = (): Theme =>
  useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    () => theme,
  );

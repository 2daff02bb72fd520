import { useSyncExternalStore } from 'react';

/** The languages the kit brings. Harbor itself speaks English. */
export const locales = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'ar', name: 'العربية' },
] as const;

type Locale = (typeof locales)[number]['tag'];

let locale: Locale = 'en';
const listeners = new Set<() => void>();

/** Until the page is left. */
export const chooseLocale = (next: Locale): void => {
  locale = next;
  for (const listener of listeners) listener();
};

export const useLocale = (): Locale =>
  useSyncExternalStore(
    (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    () => locale,
  );

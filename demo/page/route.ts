import { useSyncExternalStore } from 'react';

export const routes = {
  overview: '#/',
  treasury: '#/treasury',
  security: '#/security',
  ownUi: '#/your-own-ui',
} as const;
export type RouteName = keyof typeof routes;

const subscribe = (onChange: () => void): (() => void) => {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
};

const current = (): RouteName => {
  if (window.location.hash.startsWith(routes.ownUi)) return 'ownUi';
  if (window.location.hash.startsWith(routes.treasury)) return 'treasury';
  return window.location.hash.startsWith(routes.security) ? 'security' : 'overview';
};

/** The page the address bar names. */
export const useRoute = (): RouteName => useSyncExternalStore(subscribe, current);

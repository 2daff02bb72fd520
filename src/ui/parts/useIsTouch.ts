import { useSyncExternalStore } from 'react';

const query = '(pointer: coarse)';
const subscribe = (listener: () => void): (() => void) => {
  const list = matchMedia(query);
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
};

/** Whether the page is on a phone or a tablet, whose screen its own camera cannot see. */
export const useIsTouch = (): boolean =>
  useSyncExternalStore(
    typeof matchMedia === 'function' ? subscribe : never,
    () => typeof matchMedia === 'function' && matchMedia(query).matches,
    () => false,
  );
const never = () => () => undefined;

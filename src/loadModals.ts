import { createElement, type ReactNode } from 'react';
import type { MfaModalsProps } from './ui/MfaModals.js';

/** The prebuilt modals, once they are there. */
export interface ModalsLoader {
  /** Loads them unless they are there or on the way; after a failure it tries again. Undefined when they are not wanted. */
  load: () => Promise<unknown> | undefined;
  setWanted: (isWanted: boolean) => void;
  isWanted: () => boolean;
  /** Draws them; null until they are there. */
  getSnapshot: () => ((props: MfaModalsProps) => ReactNode) | null;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Not `React.lazy`: with Suspense the way to the first field takes several times as long, even with the module already
 * there. A module in a store renders at once.
 */
export const createModalsLoader = (): ModalsLoader => {
  let draw: ReturnType<ModalsLoader['getSnapshot']> = null;
  let loading: Promise<unknown> | undefined;
  let isWanted = true;
  const listeners = new Set<() => void>();
  const fetchModals = async () => {
    try {
      const { MfaModals } = await import('./ui/MfaModals.js');
      draw = (props) => createElement(MfaModals, props);
      for (const listener of listeners) listener();
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  return {
    load: () => {
      if (!isWanted) return undefined;
      loading ??= fetchModals();
      return loading;
    },
    setWanted: (nowWanted) => {
      isWanted = nowWanted;
    },
    isWanted: () => isWanted,
    getSnapshot: () => draw,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

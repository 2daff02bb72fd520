import { useCallback, useEffect, useSyncExternalStore } from 'react';

/** Something loaded on demand and then kept: a screen, a translation, the QR encoder. */
export interface Piece<T> {
  get(): PieceState<T>;
  /** Starts loading unless it is loading or there. After a failure it tries again. */
  load(): void;
  subscribe(listener: () => void): () => void;
}

export type PieceState<T> = { status: 'idle' | 'loading' | 'failed' } | { status: 'ready'; value: T };

/**
 * `React.lazy` with Suspense costs several frames on the way to the first field even when the module is there already.
 * A piece that is there renders at once.
 */
export function createPiece<T>(fetch: () => Promise<T>): Piece<T> {
  let state: PieceState<T> = { status: 'idle' };
  const listeners = new Set<() => void>();
  const become = (next: PieceState<T>) => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => state,
    load: () => {
      if (state.status === 'loading' || state.status === 'ready') return;
      become({ status: 'loading' });
      fetch().then(
        (value) => become({ status: 'ready', value }),
        () => become({ status: 'failed' }),
      );
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const nothing = { status: 'ready', value: undefined } as const;

/** For a place where nothing is to be loaded. */
export const emptyPiece: Piece<undefined> = {
  get: () => nothing,
  load: () => undefined,
  subscribe: () => () => undefined,
};

/** Loads a piece while the component is mounted and says how far it is. */
export function usePiece<T>(piece: Piece<T>): PieceState<T> {
  const subscribe = useCallback((listener: () => void) => piece.subscribe(listener), [piece]);
  useEffect(() => piece.load(), [piece]);
  return useSyncExternalStore(subscribe, piece.get, piece.get);
}

'use client';

import { useEffect, useState } from 'react';

/** The time a component is on screen, as a signal; another one when StrictMode mounts it again. */
const createStay = () => {
  let controller: AbortController | undefined;
  return {
    signal: (): AbortSignal => {
      controller ??= new AbortController();
      return controller.signal;
    },
    end: () => {
      controller?.abort();
      controller = undefined;
    },
  };
};

/** @internal Gives the signal that ends what a component asked for when it leaves the screen. */
export const useStay = (): (() => AbortSignal) => {
  const [stay] = useState(createStay);
  useEffect(() => stay.end, [stay]);
  return stay.signal;
};

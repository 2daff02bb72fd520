import { useSyncExternalStore } from 'react';

const everySecond = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
};
const never = () => () => undefined;
const thisSecond = (): number => Math.floor(Date.now() / 1000) * 1000;

/** This device's time in whole seconds, unix milliseconds; moves on while `isRunning`. */
export const useNow = (isRunning = true): number =>
  useSyncExternalStore(isRunning ? everySecond : never, thisSecond, thisSecond);

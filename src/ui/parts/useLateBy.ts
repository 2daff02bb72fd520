import { useEffect, useState } from 'react';

/** Whether something has been going on for so many milliseconds. */
export function useLateBy(patience: number, isGoingOn: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const timer = setTimeout(() => setLate(true), patience);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [patience, isGoingOn]);
  return isLate && isGoingOn;
}

import { type RefObject, useEffect, useState } from 'react';

export type CopyState = 'idle' | 'done' | 'failed';

/**
 * Copies on a click and says whether it worked: browsers refuse without a gesture, in insecure pages and by policy.
 * Where it did not, `source` is selected, so that the keyboard or the phone's own menu can copy it.
 */
export function useCopy(source: RefObject<HTMLElement | null>): [CopyState, (text: string) => Promise<boolean>] {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state !== 'done') return undefined;
    const timer = setTimeout(() => setState('idle'), 2500);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = async (text: string): Promise<boolean> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('done');
      return true;
    } catch {
      if (source.current) getSelection()?.selectAllChildren(source.current);
      setState('failed');
      return false;
    }
  };
  return [state, copy];
}

'use client';

import { useEffect, useState } from 'react';
import { useNow } from '../parts/useNow.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { useOwner } from './useOwner.js';
import { LockedView } from './views/LockedView.js';
import { waysWithLocks } from './waysWithLocks.js';

/** Waits with the person, and goes back by itself to where the lock fell. */
export function Locked({ screen, ways, locks, unsupported, frame, onEvent }: ConnectedScreenProps<'Locked'>) {
  const { method, lockedUntil } = screen;
  const { support } = useOwner();
  const [openedAt] = useState(Date.now);
  const now = useNow(lockedUntil !== null);
  const left = lockedUntil === null ? undefined : Math.max(0, Math.ceil((lockedUntil - now) / 1000));
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) onEvent({ type: 'lockEnded' });
  }, [isOver, onEvent]);
  const others = waysWithLocks(ways, { locks, unsupported }, now).filter(
    (way) => way.method !== method && !way.blocked,
  );
  return (
    <LockedView
      frame={frame}
      left={left}
      total={lockedUntil === null ? undefined : Math.ceil((lockedUntil - openedAt) / 1000)}
      ways={others.map((way) => ({ ...way, isRecommended: false }))}
      support={support}
      onChoose={(chosen) => onEvent({ type: 'methodChosen', method: chosen })}
      onResume={() => onEvent({ type: 'lockEnded' })}
    />
  );
}

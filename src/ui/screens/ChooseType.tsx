'use client';

import { useNow } from '../parts/useNow.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { ChooseTypeView } from './views/ChooseTypeView.js';
import { waysWithLocks } from './waysWithLocks.js';

export function ChooseType({ screen, ways, locks, unsupported, frame, onEvent }: ConnectedScreenProps<'ChooseType'>) {
  const now = useNow(locks.length > 0);
  return (
    <ChooseTypeView
      frame={frame}
      task={screen.task}
      ways={waysWithLocks(ways, { locks: screen.task === 'verify' ? locks : [], unsupported }, now)}
      onChoose={(method) => onEvent({ type: 'methodChosen', method })}
    />
  );
}

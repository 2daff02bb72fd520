'use client';

import { useNow } from '../parts/useNow.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { ChooseTypeView } from './views/ChooseTypeView.js';
import { waysWithLocks } from './waysWithLocks.js';

export function ChooseType({ screen, ways, locks, frame, onEvent }: ConnectedScreenProps<'ChooseType'>) {
  const now = useNow(locks.length > 0);
  return (
    <ChooseTypeView
      frame={frame}
      task={screen.task}
      ways={waysWithLocks(ways, screen.task === 'verify' ? locks : [], now)}
      onChoose={(method) => onEvent({ type: 'methodChosen', method })}
    />
  );
}

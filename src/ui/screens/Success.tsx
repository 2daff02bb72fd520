'use client';

import { useEffect } from 'react';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { SuccessView } from './views/SuccessView.js';

/** Long enough to be seen, in milliseconds. */
const STAYS = 900;

/** Goes by itself, or at once on any key. */
export function Success({ screen, frame, onEvent }: ConnectedScreenProps<'Success'>) {
  useEffect(() => {
    const finish = () => onEvent({ type: 'finished' });
    const timer = setTimeout(finish, STAYS);
    document.addEventListener('keydown', finish);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', finish);
    };
  }, [onEvent]);
  return <SuccessView frame={frame} task={screen.task} />;
}

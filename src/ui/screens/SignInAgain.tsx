'use client';

import { useState } from 'react';
import { useLogOut } from '../../hooks/useLogOut.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { SignInAgainView } from './views/SignInAgainView.js';

/** Signs out, so that the application's own sign-in comes up. */
export function SignInAgain({ frame }: ConnectedScreenProps<'SignInAgain'>) {
  const logOut = useLogOut();
  const [isPending, setPending] = useState(false);
  return (
    <SignInAgainView
      frame={frame}
      isPending={isPending}
      onSignInAgain={() => {
        setPending(true);
        void logOut();
      }}
    />
  );
}

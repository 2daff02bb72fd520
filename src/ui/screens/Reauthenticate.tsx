'use client';

import { useState } from 'react';
import { useLogOut } from '../../hooks/useLogOut.js';
import { useReauthentication } from '../../hooks/useReauthentication.js';
import { useSession } from '../../hooks/useSession.js';
import { emailToProve } from '../../wire/credentials.js';
import type { OtpVerification } from '../../wire/session.js';
import { type Failure, type FailureKind, readFailure, sayFailure } from '../messages/failure.js';
import type { ConnectedScreenProps } from './ConnectedScreen.js';
import { useCodeSubmission } from './useCodeSubmission.js';
import { ReauthenticateView } from './views/ReauthenticateView.js';

/** Asks for the first factor again and goes on by itself; where that cannot be done in place, signs out. */
export function Reauthenticate({
  screen,
  request,
  frame,
  reauthenticate,
  onEvent,
}: ConnectedScreenProps<'Reauthenticate'>) {
  const { sendCode, verifyCode, verifyJwt } = useReauthentication();
  const { user } = useSession();
  const logOut = useLogOut();
  const [sent, setSent] = useState<readonly OtpVerification[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Failure>();
  // On the way to an enrolment it grants what that needs; other scopes are for who asked for nothing but this.
  const requestedScopes = screen.then ? undefined : request.requestedScopes;
  const { submit, ...code } = useCodeSubmission(
    async (verificationToken) => {
      const otpVerification = sent.at(-1);
      if (otpVerification) await verifyCode({ otpVerification, verificationToken, requestedScopes });
    },
    () => ({ type: 'reauthenticated' }),
    readFailure,
    onEvent,
  );

  const attempt = async (run: () => Promise<unknown>, otherwise: FailureKind) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await run();
    } catch (error) {
      const failure = readFailure(error);
      setProblem(failure.kind === 'unknown' ? { kind: otherwise } : failure);
    }
    setBusy(false);
  };

  const send = (email: string) =>
    attempt(async () => {
      const verification = await sendCode(email);
      setSent((before) => [...before, verification]);
      code.reset();
    }, 'unknown');
  const signIn = () =>
    attempt(async () => {
      if (!reauthenticate) return logOut();
      const externalJwt = await reauthenticate();
      await verifyJwt({ externalJwt, requestedScopes });
      onEvent({ type: 'reauthenticated' });
    }, 'signIn');

  // A server that sends no mail has only the other way.
  const email = reauthenticate || problem?.kind === 'disabled' || !user ? undefined : emailToProve(user);
  const failure = problem ?? code.failure;
  return (
    <ReauthenticateView
      frame={frame}
      email={email}
      sent={sent.length}
      status={code.status}
      error={failure && failure.kind !== 'disabled' ? sayFailure(frame.language, failure) : undefined}
      isRefused={code.isRefused}
      refusals={code.refusals}
      isSpent={failure?.kind === 'emailExpired' || failure?.kind === 'emailTries'}
      isBusy={isBusy}
      onSend={() => email !== undefined && void send(email)}
      onSubmit={(digits) => void submit(digits)}
      onSignIn={() => void signIn()}
    />
  );
}

import type { MfaClient } from '../client/core.js';
import { type UserProfile, viewOf } from './useUser.js';

/** @internal What happens to the person of a session, each once. */
export interface PersonListener {
  /** Everything asked of them is passed: they are shown from now on. Not told of who is found signed in on a page load. */
  onShown: (user: UserProfile) => void;
  /** The same, while the view is guarded: they are shown once they are admitted. */
  onReady: (user: UserProfile) => void;
  /** Who is shown changed something about themselves. */
  onChanged: (user: UserProfile) => void;
}

/** What a person can change about themselves. */
const textOf = ({ email, firstName, lastName, alias }: UserProfile): string =>
  JSON.stringify([email, firstName, lastName, alias]);

/** @internal Follows the person of a session; the answer stops it. */
export const watchPerson = (client: MfaClient, { onShown, onReady, onChanged }: PersonListener): (() => void) => {
  const view = viewOf(client);
  let before = view.read();
  let readyId: string | undefined;
  const look = () => {
    const now = view.read();
    if (now === before) return;
    const was = before;
    before = now;
    const { user, userWithMissingInfo: waiting, status } = now;
    if (user && !was.user && was.status !== 'loading') onShown(user);
    if (user && was.user?.userId === user.userId && textOf(was.user) !== textOf(user)) onChanged(user);
    const isReady = waiting && status === 'signedIn' && !user && !waiting.missingFields?.length;
    if (isReady && readyId !== waiting.userId) {
      readyId = waiting.userId;
      onReady(waiting);
    }
    if (status === 'signedOut') readyId = undefined;
  };
  look();
  return view.subscribe(look);
};

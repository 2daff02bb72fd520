/** WebAuthn challenges: each is taken once, and a session has few. */
import type { StoreTransaction } from '../Store.js';
import type { Tables } from './tables.js';

export function challengeWrites(db: () => Tables): Pick<StoreTransaction, 'createChallenge' | 'takeChallenge'> {
  return {
    async createChallenge(challenge, limit) {
      const { challenges } = db();
      if (challenge.sid !== '') {
        const others = challenges.of(challenge.userId).filter(({ sid }) => sid === challenge.sid);
        others.sort((a, b) => b.createdAt - a.createdAt || (a.hash < b.hash ? -1 : 1));
        // Before the new one is there: it stays even where the clock was set back.
        for (const { hash } of others.slice(limit - 1)) challenges.delete(hash);
      }
      challenges.insert(challenge);
    },
    async takeChallenge({ hash, environmentId, purpose, userId, sid, now }) {
      const { challenges } = db();
      const challenge = challenges.get(hash);
      if (challenge?.environmentId !== environmentId || challenge.purpose !== purpose) return null;
      if (challenge.userId !== userId || challenge.sid !== sid || challenge.expiresAt <= now) return null;
      challenges.delete(hash);
      return challenge;
    },
  };
}

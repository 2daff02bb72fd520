/** WebAuthn challenges: each is taken once, in one conditional statement, and a session has few. */
import type { StoreTransaction } from '../Store.js';
import { bit, first, type SqlConnection } from './connection.js';

const challengeColumns = [
  'hash',
  'environment_id as environmentId',
  'purpose',
  'user_id as userId',
  'sid',
  'rp_id as rpId',
  'requires_user_verification as requiresUserVerification',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const;

export function challengeWrites(db: SqlConnection): Pick<StoreTransaction, 'createChallenge' | 'takeChallenge'> {
  return {
    async createChallenge(challenge, limit) {
      if (challenge.sid !== '') {
        const newest = db.build
          .selectFrom('mfa_challenge')
          .select('hash')
          .where('user_id', '=', challenge.userId)
          .where('sid', '=', challenge.sid)
          .orderBy('created_at', 'desc')
          .orderBy('hash')
          .limit(limit - 1);
        // Before the new one is there: it stays even where the clock was set back.
        await db.all(
          db.build
            .deleteFrom('mfa_challenge')
            .where('user_id', '=', challenge.userId)
            .where('sid', '=', challenge.sid)
            .where('hash', 'not in', newest),
        );
      }
      await db.all(
        db.build.insertInto('mfa_challenge').values({
          hash: challenge.hash,
          environment_id: challenge.environmentId,
          purpose: challenge.purpose,
          user_id: challenge.userId,
          sid: challenge.sid,
          rp_id: challenge.rpId,
          requires_user_verification: bit(challenge.requiresUserVerification),
          created_at: challenge.createdAt,
          expires_at: challenge.expiresAt,
        }),
      );
    },
    async takeChallenge({ hash, environmentId, purpose, userId, sid, now }) {
      const query = db.build
        .deleteFrom('mfa_challenge')
        .where('hash', '=', hash)
        .where('environment_id', '=', environmentId)
        .where('purpose', '=', purpose)
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where('expires_at', '>', now);
      const row = await first(db, query.returning(challengeColumns));
      return row && { ...row, requiresUserVerification: row.requiresUserVerification === 1 };
    },
  };
}

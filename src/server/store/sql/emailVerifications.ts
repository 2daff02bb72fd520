/** The first factor by e-mail code: sends are counted, and a try is used up before the code is looked at. */
import { emailTries } from '../emailTries.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { decideSend } from '../sendWindow.js';
import { first, hasRow, type SqlConnection } from './connection.js';

const verificationColumns = [
  'id',
  'environment_id as environmentId',
  'email',
  'code_hash as codeHash',
  'tries',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'used_at as usedAt',
] as const;

type EmailWrites = Pick<
  StoreTransaction,
  'countSend' | 'createEmailVerification' | 'takeEmailTry' | 'completeEmailVerification'
>;

export function emailReads(db: SqlConnection): Pick<StoreReads, 'findEmailVerification'> {
  return {
    async findEmailVerification(environmentId, id) {
      const query = db.build.selectFrom('mfa_email_verification').select(verificationColumns).where('id', '=', id);
      return first(db, query.where('environment_id', '=', environmentId));
    },
  };
}

export function emailWrites(db: SqlConnection): EmailWrites {
  const unused = (id: string, now: number) =>
    db.build
      .updateTable('mfa_email_verification')
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now);

  return {
    async countSend({ key, limit, windowMs, now }) {
      // Makes the row or locks it, and gives its newest state either way: the count below cannot be raced.
      const row = await first(
        db,
        db.build
          .insertInto('mfa_send')
          .values({ key, sent_at: '', expires_at: now + windowMs })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ key }))
          .returning('sent_at'),
      );
      const earlier = row?.sent_at ? row.sent_at.split(',').map(Number) : [];
      const { isAllowed, allowedAt, sentAt } = decideSend(earlier, { limit, windowMs, now });
      await db.all(
        db.build
          .updateTable('mfa_send')
          .set({ sent_at: sentAt.join(','), expires_at: now + windowMs })
          .where('key', '=', key),
      );
      return { isAllowed, allowedAt };
    },
    async createEmailVerification(verification) {
      await db.all(
        db.build.insertInto('mfa_email_verification').values({
          id: verification.id,
          environment_id: verification.environmentId,
          email: verification.email,
          code_hash: verification.codeHash,
          tries: verification.tries,
          created_at: verification.createdAt,
          expires_at: verification.expiresAt,
          used_at: verification.usedAt,
        }),
      );
    },
    async takeEmailTry(environmentId, id, now) {
      const query = unused(id, now)
        .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
        .where('environment_id', '=', environmentId)
        .where('tries', '<', emailTries);
      return first(db, query.returning(verificationColumns));
    },
    async completeEmailVerification(id, now) {
      return hasRow(db, unused(id, now).set({ used_at: now }).returning('id'));
    },
  };
}

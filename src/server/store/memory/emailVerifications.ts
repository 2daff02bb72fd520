/** The first factor by e-mail code: sends are counted, and a try is used up before the code is looked at. */
import { emailTries } from '../emailTries.js';
import type { EmailVerificationRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { decideSend } from '../sendWindow.js';
import type { Tables, Views } from './tables.js';

type EmailWrites = Pick<
  StoreTransaction,
  'countSend' | 'createEmailVerification' | 'takeEmailTry' | 'completeEmailVerification'
>;

export function emailReads(db: () => Views): Pick<StoreReads, 'findEmailVerification'> {
  return {
    async findEmailVerification(environmentId, id) {
      const verification = db().emailVerifications.get(id);
      return verification?.environmentId === environmentId ? verification : null;
    },
  };
}

export function emailWrites(db: () => Tables): EmailWrites {
  function findUnused(id: string, now: number): EmailVerificationRecord | null {
    const verification = db().emailVerifications.get(id);
    return verification && verification.usedAt === null && verification.expiresAt > now ? verification : null;
  }

  return {
    async countSend({ key, limit, windowMs, now }) {
      const { sends } = db();
      const { isAllowed, allowedAt, sentAt } = decideSend(sends.get(key)?.sentAt ?? [], { limit, windowMs, now });
      sends.put({ key, sentAt, expiresAt: now + windowMs });
      return { isAllowed, allowedAt };
    },
    async createEmailVerification(verification) {
      db().emailVerifications.insert(verification);
    },
    async takeEmailTry(environmentId, id, now) {
      const verification = findUnused(id, now);
      if (verification?.environmentId !== environmentId || verification.tries >= emailTries) return null;
      const taken = { ...verification, tries: verification.tries + 1 };
      db().emailVerifications.put(taken);
      return taken;
    },
    async completeEmailVerification(id, now) {
      const verification = findUnused(id, now);
      if (!verification) return false;
      db().emailVerifications.put({ ...verification, usedAt: now });
      return true;
    },
  };
}

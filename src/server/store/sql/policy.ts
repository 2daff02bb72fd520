/** The policy of an environment. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { first, type SqlConnection } from './connection.js';

export function policyReads(db: SqlConnection): Pick<StoreReads, 'findPolicy'> {
  return {
    async findPolicy(environmentId) {
      const query = db.build.selectFrom('mfa_policy').select('policy').where('environment_id', '=', environmentId);
      return (await first(db, query))?.policy ?? null;
    },
  };
}

export function policyWrites(db: SqlConnection): Pick<StoreTransaction, 'putPolicy'> {
  return {
    async putPolicy(environmentId, policy, now) {
      await db.all(
        db.build
          .insertInto('mfa_policy')
          .values({ environment_id: environmentId, policy, updated_at: now })
          .onConflict((conflict) => conflict.column('environment_id').doUpdateSet({ policy, updated_at: now })),
      );
    },
  };
}

/** Threat: a process dies in the middle of a change, and a used code or passkey has no effect or an effect no used code (F-01). */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram, type Program } from '../../support/childProcess.js';
import type { StoreTask } from '../../support/storeProgram.js';
import { newPasskey, newRecoverySet, newTotp, newUser } from './contract/records.js';
import { type SqlStoreUnderTest, sharedStores } from './stores.js';

const kills = process.env.MFA_SOAK ? 200 : 20;

let program: Program;
beforeAll(async () => {
  program = await bundleProgram(new URL('../../support/storeProgram.ts', import.meta.url));
});
afterAll(() => program.remove());

describe.each(Object.entries(sharedStores))('a writer killed on %s', (name, create) => {
  let opened: SqlStoreUnderTest;
  beforeAll(async () => {
    opened = await create();
    await opened.store.start();
  });
  afterAll(async () => {
    await opened.store.close();
    await opened.drop();
  });

  /** The numbers or hashes that the sessions of one kind were made of. */
  async function sessionsOf(userId: string, kind: 'totp' | 'passkey' | 'recovery'): Promise<string[]> {
    const rows = await opened.sql(`SELECT sid FROM mfa_session WHERE user_id = '${userId}' ORDER BY sid`);
    return rows.map(({ sid }) => String(sid).split('/')).flatMap(([, made, of = '']) => (made === kind ? [of] : []));
  }

  async function killOne() {
    const { store } = opened;
    const userId = await newUser(store);
    const deviceId = await newTotp(store, userId, 0);
    const { id: passkeyId } = await newPasskey(store, userId);
    const { set, hashes } = await newRecoverySet(store, userId, {}, 200);
    const child = await program.start(opened.environment);
    const [stopAt, stopPart] = [randomInt(1, 120), randomInt(0, 4)];
    const task: StoreTask = { do: 'write', userId, deviceId, passkeyId, setId: set.id, hashes };
    await new Promise<void>((resolve) => {
      // The parts spread the kills over a whole transaction; a message lags behind the work by a chance amount besides.
      child.listen((message) => {
        const { step, part } = message as { step: number; part: number };
        if (step >= stopAt && part === stopPart) resolve();
      });
      child.ask(task).catch(() => resolve());
    });
    await child.kill();
    return { userId, stopAt };
  }

  test(`${kills} kills leave no used code without its effect and no effect without a used code`, {
    timeout: kills * 5000,
  }, async () => {
    for (let kill = 0; kill < kills; kill++) {
      const { userId, stopAt } = await killOne();
      // PostgreSQL may still be finishing a commit that was sent before the kill: the lock waits for it.
      await opened.store.transaction((tx) => tx.lockUser(userId));

      const lastStep = (await opened.store.listTotpDevices(userId))[0]?.lastStep ?? 0;
      expect(lastStep).toBeGreaterThanOrEqual(stopAt);
      const steps = (await sessionsOf(userId, 'totp')).map(Number).sort((a, b) => a - b);
      expect(steps).toEqual(Array.from({ length: lastStep }, (_, index) => index + 1));
      expect((await opened.store.listAudit(userId)).map(({ seq }) => seq)).toEqual(steps);
      expect((await opened.store.listPasskeys(userId))[0]?.signCount).toBe(lastStep);
      expect((await sessionsOf(userId, 'passkey')).map(Number).sort((a, b) => a - b)).toEqual(steps);

      const used = await opened.sql(
        `SELECT code_hash FROM mfa_recovery_code WHERE user_id = '${userId}' AND used_at IS NOT NULL ORDER BY code_hash`,
      );
      expect(used.map(({ code_hash }) => code_hash)).toEqual((await sessionsOf(userId, 'recovery')).sort());
    }
    if (name === 'a file') {
      expect(await opened.sql('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(await opened.sql('PRAGMA foreign_key_check')).toEqual([]);
    }
  });
});

/**
 * Threat: two processes look at the same code, challenge or passkey at the same moment, and both find it unused
 * (S-02, S-08, S-14, S-24, S-31, S-34, S-40).
 * The statements run without any lock of the user around them: they alone must decide.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram, type Child, type Program } from '../../support/childProcess.js';
import type { Effects, StoreTask } from '../../support/storeProgram.js';
import {
  approvalRecord,
  challengeRecord,
  deviceRecord,
  elevatedRecord,
  newPasskey,
  newRecoverySet,
  newTotp,
  newUser,
  now,
  passkeyRecord,
  sessionRecord,
  tokenRecord,
  waitingRecord,
} from './contract/records.js';
import { type SqlStoreUnderTest, sharedStores } from './stores.js';

const trials = process.env.MFA_SOAK ? 20 : 3;
const timeout = process.env.MFA_SOAK ? 300_000 : 60_000;
const half = 500;

let program: Program;
beforeAll(async () => {
  program = await bundleProgram(new URL('../../support/storeProgram.ts', import.meta.url));
});
afterAll(() => program.remove());

describe.each(Object.entries(sharedStores))('two processes on %s', (name, create) => {
  let opened: SqlStoreUnderTest;
  let processes: Child[];
  const store = () => opened.store;

  beforeAll(async () => {
    opened = await create();
    await opened.store.start();
    processes = await Promise.all([program.start(opened.environment), program.start(opened.environment)]);
  });
  afterAll(async () => {
    await Promise.all(processes.map((child) => child.kill()));
    await opened.store.close();
    await opened.drop();
  });

  async function race(...tasks: [StoreTask, StoreTask] | [StoreTask]): Promise<Effects> {
    const [first, second] = await Promise.all(
      processes.map((child, index) => child.ask<Effects>(tasks[index] ?? tasks[0])),
    );
    if (!first || !second) throw new Error('two answers were expected');
    return {
      effects: first.effects + second.effects,
      refusals: first.refusals + second.refusals,
      failures: [...first.failures, ...second.failures],
    };
  }

  /** Exactly one took effect, and every other caller was refused (or told to come again). */
  function expectOne({ effects, refusals, failures }: Effects, callers = 2 * half) {
    expect(failures.filter((failure) => !failure.startsWith('StoreBusyError'))).toEqual([]);
    expect(effects).toBe(1);
    expect(effects + refusals + failures.length).toBe(callers);
  }

  test('a time step submitted 1,000 times is used once', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const userId = await newUser(store());
      const id = await newTotp(store(), userId, 100);
      const input = { userId, id, step: 101, lineId: 'l', drift: 0, now };
      expectOne(await race({ do: 'consumeTotpStep', times: half, input: [input] }));
      expect((await store().listTotpDevices(userId))[0]?.lastStep).toBe(101);
    }
  });

  test('a recovery code submitted 1,000 times is used once, and never again', { timeout }, async () => {
    const userId = await newUser(store());
    const { set, hashes } = await newRecoverySet(store(), userId, {}, trials);
    for (const codeHash of hashes) {
      const input = { userId, setId: set.id, codeHash, sid: 's', now };
      expectOne(await race({ do: 'consumeRecoveryCode', times: half, input: [input] }));
      const afterwards = await race({ do: 'consumeRecoveryCode', times: 50, input: [input] });
      expect(afterwards.effects).toBe(0);
    }
    expect((await store().findRecoverySets(userId, now)).left).toBe(0);
  });

  test('of 1,000 guesses at once five are let through', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const userId = await newUser(store());
      const { effects, refusals, failures } = await race({
        do: 'reserveAttempt',
        times: half,
        input: [{ userId, factor: 'totp', now }],
      });
      expect(failures.filter((failure) => !failure.startsWith('StoreBusyError'))).toEqual([]);
      expect(effects).toBe(5);
      expect(refusals + failures.length).toBe(2 * half - 5);
      expect(await store().listAttempts(userId)).toMatchObject([{ fails: 5, windowFails: 5, nextAt: now + 30_000 }]);
    }
  });

  test('a session ended 1,000 times ends once', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const session = sessionRecord(await newUser(store()));
      await store().transaction((tx) => tx.createSession(session));
      expectOne(await race({ do: 'endSession', times: half, input: [session.sid, 'upgraded', now] }));
    }
  });

  test('a pending grant taken 1,000 times is given once', { timeout }, async () => {
    const pendingGrant = { singleUse: true, action: null, provenAt: now };
    const session = sessionRecord(await newUser(store()), { pendingGrant });
    await store().transaction((tx) => tx.createSession(session));
    expectOne(await race({ do: 'takePendingGrant', times: half, input: [session.sid] }));
  });

  test('a challenge taken 1,000 times is given once', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const challenge = challengeRecord(await newUser(store()));
      await store().transaction((tx) => tx.createChallenge(challenge, 5));
      expectOne(await race({ do: 'takeChallenge', times: half, input: [{ ...challenge, now }] }));
    }
  });

  test('a single-use token spent 1,000 times buys one thing', { timeout }, async () => {
    const asked = {
      action: 'transfer',
      isStrict: true,
      payloadDigest: 'digest',
      levels: ['factor', 'phr'],
      needsSingleUse: true,
      now,
    } as const;
    for (let trial = 0; trial < trials; trial++) {
      const { action, payloadDigest } = asked;
      const token = tokenRecord(await newUser(store()), { action, payloadDigest });
      await store().transaction((tx) => tx.createMfaToken(token));
      const { hash, userId, sid } = token;
      expectOne(await race({ do: 'consumeMfaToken', times: half, input: [{ hash, userId, sid, ...asked }] }));
      const afterwards = await race({ do: 'consumeMfaToken', times: 50, input: [{ hash, userId, sid, ...asked }] });
      expect(afterwards.effects).toBe(0);
    }
  });

  test('a single-use elevated token spent 1,000 times buys one thing', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const token = elevatedRecord(await newUser(store()));
      await store().transaction((tx) => tx.createElevatedToken(token));
      expectOne(await race({ do: 'consumeElevatedToken', times: half, input: [{ ...token, now }] }));
    }
  });

  test('an approval taken 1,000 times is given once', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const approval = approvalRecord(await newUser(store()));
      await store().transaction((tx) => tx.createApproval(approval, 20));
      expectOne(await race({ do: 'takeApproval', times: half, input: [{ ...approval, now }] }));
    }
  });

  test('one thing left to do 100 times at once waits once, and is settled once', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const userId = await newUser(store());
      const all = Array.from({ length: 100 }, () => waitingRecord(userId, { subject: trial % 2 ? null : 'wallet-1' }));
      expectOne(
        await race({ do: 'leaveEach', waiting: all.slice(0, 50) }, { do: 'leaveEach', waiting: all.slice(50) }),
        100,
      );
      const waiting = await store().listWaitingActions(userId);
      expect(waiting).toHaveLength(1);
      expectOne(await race({ do: 'settleWaitingAction', times: half, input: [userId, waiting[0]?.id ?? ''] }));
    }
  });

  test('of 100 registrations of one credential id at once, by as many users, one is made', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const { credentialId } = passkeyRecord('');
      const passkeys = [];
      for (let count = 0; count < 100; count++) {
        passkeys.push(passkeyRecord(await newUser(store()), { credentialId }));
      }
      expectOne(
        await race(
          { do: 'registerEach', passkeys: passkeys.slice(0, 50) },
          { do: 'registerEach', passkeys: passkeys.slice(50) },
        ),
        100,
      );
      const made = await opened.sql(`SELECT id FROM mfa_passkey WHERE credential_id = '${credentialId}'`);
      expect(made, name).toHaveLength(1);
    }
  });

  test('a passkey used 1,000 times with one counter value counts once', { timeout }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const userId = await newUser(store());
      const { id } = await newPasskey(store(), userId, { signCount: 7 });
      const input = { userId, id, signCount: 8, isBackedUp: true, now };
      expectOne(await race({ do: 'usePasskey', times: half, input: [input] }));
    }
  });

  test('the counter of a passkey ends at the highest of 100 uses at once, in whatever order they come', {
    timeout,
  }, async () => {
    for (let trial = 0; trial < trials; trial++) {
      const userId = await newUser(store());
      const { id } = await newPasskey(store(), userId);
      // Each process begins with its highest, so that nearly every later use would lower it.
      const [odd, even] = [1, 0].map((lower) => Array.from({ length: 50 }, (_, index) => 100 - 2 * index - lower));
      const use = (signCounts: number[] = []): StoreTask => ({ do: 'useEach', userId, id, signCounts });
      const { effects, refusals, failures } = await race(use(odd), use(even));
      expect(failures).toEqual([]);
      expect(effects + refusals).toBe(100);
      expect(refusals).toBeGreaterThan(0);
      expect((await store().listPasskeys(userId))[0]?.signCount).toBe(100);
    }
  });

  test('of 100 pending devices confirmed at once one is verified, by the database alone', { timeout }, async () => {
    // The index that allows one pending device is taken away: only the one for verified devices is left to decide.
    await opened.sql('DROP INDEX mfa_one_pending_totp');
    for (let trial = 0; trial < trials; trial++) {
      const userId = await newUser(store());
      const devices = Array.from({ length: 100 }, () => deviceRecord(userId));
      await store().transaction(async (tx) => {
        for (const device of devices) expect(await tx.createPendingTotp(device)).toBe(true);
      });
      const ids = devices.map(({ id }) => id);
      expectOne(
        await race(
          { do: 'confirmEach', userId, ids: ids.slice(0, 50) },
          { do: 'confirmEach', userId, ids: ids.slice(50) },
        ),
        100,
      );
      const verified = (await store().listTotpDevices(userId)).filter(({ state }) => state === 'verified');
      expect(verified, name).toHaveLength(1);
    }
  });
});

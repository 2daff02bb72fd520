/** A process with a store of its own, for `childProcess.ts`: does one operation many times at once, or writes without end. */
import libsql from 'libsql';
import { postgresStore } from '../../src/server/store/postgres.js';
import type { PasskeyRecord } from '../../src/server/store/records.js';
import type { Store, StoreTransaction } from '../../src/server/store/Store.js';
import { sqliteStore } from '../../src/server/store/sqlite.js';
import type { WaitingActionRecord } from '../../src/server/store/stepUpRecords.js';
import { auditRecord, now, sessionRecord } from '../server/store/contract/records.js';

/** Operations whose answer says whether they took effect. */
type Deciding =
  | 'consumeTotpStep'
  | 'consumeRecoveryCode'
  | 'endSession'
  | 'confirmTotp'
  | 'takePendingGrant'
  | 'usePasskey'
  | 'takeChallenge'
  | 'consumeMfaToken'
  | 'consumeElevatedToken'
  | 'takeApproval'
  | 'settleWaitingAction';

export type StoreTask =
  | { [Name in Deciding]: { do: Name; times: number; input: Parameters<StoreTransaction[Name]> } }[Deciding]
  | { do: 'reserveAttempt'; times: number; input: Parameters<Store['reserveAttempt']> }
  | { do: 'confirmEach'; ids: string[]; userId: string }
  | { do: 'registerEach'; passkeys: PasskeyRecord[] }
  | { do: 'leaveEach'; waiting: WaitingActionRecord[] }
  | { do: 'useEach'; userId: string; id: string; signCounts: number[] }
  /** Uses codes and makes sessions of them until the process is killed; says how far it is after each and on the way. */
  | { do: 'write'; userId: string; deviceId: string; passkeyId: string; setId: string; hashes: string[] }
  /** Takes the write lock of a database file, and gives it back. */
  | { do: 'hold'; file: string }
  | { do: 'release' };

export interface Effects {
  effects: number;
  refusals: number;
  failures: string[];
}

const { STORE_FILE: file, STORE_URL: connectionString } = process.env;
const store = file ? sqliteStore({ file }) : postgresStore({ connectionString: connectionString ?? '' });
let holder: InstanceType<typeof libsql> | null = null;

async function perform(task: StoreTask): Promise<unknown> {
  switch (task.do) {
    case 'write':
      return write(task);
    case 'hold':
      holder = new libsql(task.file);
      holder.exec('BEGIN IMMEDIATE');
      return;
    case 'release':
      holder?.exec('ROLLBACK');
      holder?.close();
      return;
    case 'reserveAttempt':
      return count(task.times, async () => (await store.reserveAttempt(...task.input)).isReserved);
    case 'confirmEach': {
      const confirmation = { userId: task.userId, step: 1, lineId: 'l', drift: 0, isDefault: true, now };
      return each(task.ids, (id) => store.transaction((tx) => tx.confirmTotp({ ...confirmation, id })));
    }
    case 'registerEach':
      return each(task.passkeys, (passkey) => store.transaction((tx) => tx.createPasskey(passkey)));
    case 'leaveEach':
      return each(
        task.waiting,
        async (one) => (await store.transaction((tx) => tx.leaveWaitingAction(one))) === one.id,
      );
    case 'useEach': {
      const use = { userId: task.userId, id: task.id, isBackedUp: true, now };
      return each(task.signCounts, (signCount) => store.transaction((tx) => tx.usePasskey({ ...use, signCount })));
    }
    default:
      // No lock of the user: the statement alone must decide.
      return count(task.times, () =>
        store.transaction(async (tx) => {
          const operation = tx[task.do] as (...input: unknown[]) => Promise<unknown>;
          return Boolean(await operation(...task.input));
        }),
      );
  }
}

function count(times: number, work: () => Promise<boolean>): Promise<Effects> {
  return each(Array.from({ length: times }), work);
}

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<boolean>): Promise<Effects> {
  const outcomes = await Promise.allSettled(items.map(work));
  const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  return {
    effects: answers.filter(Boolean).length,
    refusals: answers.filter((answer) => !answer).length,
    failures: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : [])),
  };
}

async function write(task: Extract<StoreTask, { do: 'write' }>): Promise<never> {
  const { userId, deviceId: id, passkeyId, setId, hashes } = task;
  for (let step = 1; ; step++) {
    const tell = (part: number) => process.send?.({ step: step - 1, part });
    await store.transaction(async (tx) => {
      await tx.lockUser(userId);
      if (!(await tx.consumeTotpStep({ userId, id, step, lineId: 'l', drift: 0, now }))) throw new Error('step');
      tell(1);
      await tx.createSession(sessionRecord(userId, { sid: `${userId}/totp/${step}` }));
      await tx.appendAudit(auditRecord(userId, { seq: step }));
      tell(2);
      const use = { userId, id: passkeyId, signCount: step, isBackedUp: true, now };
      if (!(await tx.usePasskey(use))) throw new Error('passkey');
      tell(3);
      await tx.createSession(sessionRecord(userId, { sid: `${userId}/passkey/${step}` }));
      const codeHash = hashes[step];
      if (codeHash === undefined) return;
      const sid = `${userId}/recovery/${codeHash}`;
      if (!(await tx.consumeRecoveryCode({ userId, setId, codeHash, sid, now }))) throw new Error('code');
      await tx.createSession(sessionRecord(userId, { sid }));
    });
    process.send?.({ step, part: 0 });
  }
}

process.on('message', async ({ id, task }: { id: number; task: StoreTask }) => {
  try {
    process.send?.({ id, answer: await perform(task) });
  } catch (error) {
    process.send?.({ id, failure: String(error) });
  }
});
// The parent is gone: nobody waits for an answer.
process.on('disconnect', () => process.exit());

store.start().then(
  () => process.send?.({ isReady: true }),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);

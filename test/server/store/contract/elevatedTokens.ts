import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store, StoreTransaction } from '../../../../src/server/store/Store.js';
import type { ElevatedTokenRecord } from '../../../../src/server/store/stepUpRecords.js';
import { elevatedRecord, newUser, now } from './records.js';

/** Threat: a token that lifts a session for a moment is used twice, elsewhere, by somebody else or too late. */
export function elevatedTokenContract(store: () => Store) {
  type Use = Parameters<StoreTransaction['consumeElevatedToken']>[0];
  const use = ({ id, userId, sid }: ElevatedTokenRecord, changes: Partial<Use> = {}) =>
    store().transaction((tx) => tx.consumeElevatedToken({ id, userId, sid, now: now + 1, ...changes }));

  async function newToken(changes: Partial<ElevatedTokenRecord> = {}) {
    const token = elevatedRecord(changes.userId ?? (await newUser(store())), changes);
    await store().transaction((tx) => tx.createElevatedToken(token));
    return token;
  }

  const hasLive = ({ userId, sid }: ElevatedTokenRecord, scope: string, at = now) =>
    store().hasLiveElevatedToken({ userId, sid, scope, now: at });

  test('a single-use elevated token is used once by 1,000 callers at once', async () => {
    const token = await newToken();
    expect(await store().findElevatedToken(token.id)).toEqual(token);
    const used = await Promise.all(Array.from({ length: 1000 }, () => use(token)));
    expect(used.filter((one) => one !== null)).toEqual([{ ...token, usedAt: now + 1 }]);
  });

  test('any other elevated token is used again and again until it expires', async () => {
    const token = await newToken({ singleUse: false });
    for (let count = 0; count < 3; count++) expect(await use(token)).toEqual({ ...token, usedAt: now + 1 });
    expect(await use(token, { now: token.expiresAt - 1 })).not.toBeNull();
    expect(await use(token, { now: token.expiresAt })).toBeNull();
  });

  test('an elevated token is refused for another user or session, expired, revoked or unknown, and not used up', async () => {
    const token = await newToken();
    expect(await use(token, { userId: await newUser(store()) })).toBeNull();
    expect(await use(token, { sid: randomUUID() })).toBeNull();
    expect(await use(token, { id: randomUUID() })).toBeNull();
    expect(await use(token, { now: token.expiresAt })).toBeNull();
    expect(await use(token)).not.toBeNull();
    expect(await store().findElevatedToken(randomUUID())).toBeNull();

    const revoked = await newToken({ singleUse: false });
    const other = await newToken({ userId: revoked.userId });
    await store().transaction((tx) => tx.revokeElevatedToken(revoked.id, now));
    await store().transaction((tx) => tx.revokeElevatedToken(revoked.id, now + 1));
    expect(await use(revoked)).toBeNull();
    expect(await store().findElevatedToken(revoked.id)).toEqual({ ...revoked, revokedAt: now });
    expect(await use(other)).not.toBeNull();
  });

  test('revoking all elevated tokens spares the one that is named, and others keep theirs', async () => {
    const token = await newToken();
    const spared = await newToken({ userId: token.userId });
    const foreign = await newToken();
    const revokeAll = (exceptId: string | null) =>
      store().transaction((tx) => tx.revokeElevatedTokens(token.userId, exceptId, now));
    expect(await revokeAll(spared.id)).toBe(1);
    expect(await use(token)).toBeNull();
    expect(await use(spared)).not.toBeNull();
    expect(await use(foreign)).not.toBeNull();
    expect(await revokeAll(null)).toBe(1);
    expect(await revokeAll(null)).toBe(0);
  });

  test('a session has a live token of exactly the scopes that were granted', async () => {
    const token = await newToken({ scopes: 'credential:link wallet:sign' });
    for (const scope of ['credential:link', 'wallet:sign']) expect(await hasLive(token, scope)).toBe(true);
    const others = [
      'credential:lin',
      'link',
      'credential:link wallet:sign',
      'Wallet:sign',
      'wallet_sign',
      '%',
      '',
      ' ',
    ];
    for (const scope of others) expect(await hasLive(token, scope), scope).toBe(false);
  });

  test('a token of another session or user, a spent, revoked or expired one is none that lives', async () => {
    const scope = 'wallet:sign';
    const token = await newToken();
    expect(await hasLive(token, scope, token.expiresAt)).toBe(false);
    expect(await hasLive({ ...token, sid: randomUUID() }, scope)).toBe(false);
    expect(await hasLive({ ...token, userId: await newUser(store()) }, scope)).toBe(false);
    expect(await hasLive(token, scope)).toBe(true);
    await use(token);
    expect(await hasLive(token, scope)).toBe(false);

    const lasting = await newToken({ singleUse: false });
    await use(lasting);
    expect(await hasLive(lasting, scope)).toBe(true);
    await store().transaction((tx) => tx.revokeElevatedTokens(lasting.userId, null, now));
    expect(await hasLive(lasting, scope)).toBe(false);
  });
}

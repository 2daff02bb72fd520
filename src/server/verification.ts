/** Looks at an authenticator app's code once a slot is taken; replays and wrong codes end here. */
import { giveBack, refuseWrongCode, type Slot } from './attempts.js';
import type { SignedInCall } from './call.js';
import { countWrongCode } from './enrolment.js';
import { findEarlier } from './idempotency.js';
import { alreadyUsed, recordReplay, recordWrongCode, takeEffect } from './proofs.js';
import type { IdempotencyRecord, TotpDeviceRecord } from './store/records.js';
import { matchTotpCode } from './totp.js';

/** Compared with when there is no device, so that the answer takes as long. */
const NO_SECRET = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** A code that nobody has used, and the device it belongs to. */
export interface FreshCode {
  kind: 'fresh';
  device: TotpDeviceRecord;
  step: number;
  drift: number;
  /** The secret under the active key, where it was under an older one. */
  resealed: string | null;
}

export type CheckedCode = FreshCode | { kind: 'earlier'; earlier: IdempotencyRecord };

/** The device a code is for: the one named, or the verified one. A pending one only to the line that began it. */
export const pickDevice = (
  devices: readonly TotpDeviceRecord[],
  call: SignedInCall,
  id: string | undefined,
): TotpDeviceRecord | null => {
  if (id === undefined) return devices.find((device) => device.state === 'verified') ?? null;
  const named = devices.find((device) => device.id === id);
  if (!named) return null;
  return named.state === 'verified' || isOwnPending(named, call) ? named : null;
};

export const isOwnPending = (device: TotpDeviceRecord, call: SignedInCall): boolean =>
  device.state === 'pending' &&
  device.lineId === call.session.lineId &&
  device.expiresAt !== null &&
  device.expiresAt > call.now;

const look = async (call: SignedInCall, device: TotpDeviceRecord | null, code: string) => {
  const { core, user, now } = call;
  const owner = { userId: user.id, id: device?.id ?? '' };
  const secret = device ? await core.vault.open('totp-secret', owner, device.secret) : NO_SECRET;
  const isStrict = core.options.strictTotp === true;
  const match = matchTotpCode({ code, secret, lastStep: device?.lastStep ?? -1, now, isStrict });
  if (!device || match.kind !== 'fresh') return device ? match.kind : 'wrong';
  const resealed = core.vault.isStale(device.secret) ? await core.vault.seal('totp-secret', owner, secret) : null;
  return { ...match, device, resealed };
};

/** Throws the refusal of a code that is not good; the slot of a wrong one stays taken. */
export const checkTotpCode = async (
  call: SignedInCall,
  slot: Slot,
  device: TotpDeviceRecord | null,
  code: string,
): Promise<CheckedCode> => {
  const found = await look(call, device, code);
  if (typeof found === 'object') return found;
  if (found === 'wrong' || !device) {
    const { core, repeatKey, session, now } = call;
    // The same request, sent twice, may have confirmed the device meanwhile: then none is pending any more.
    const earlier = device ? null : await findEarlier(core, core.store, { repeatKey, sid: session.sid, now });
    if (earlier) {
      await giveBack(core, slot);
      return { kind: 'earlier', earlier };
    }
    const pending = device?.state === 'pending' ? device : null;
    throw await recordWrongCode(call, slot, 'totp_fail', async (tx) =>
      pending ? countWrongCode(tx, call, pending) : null,
    );
  }
  const outcome = await takeEffect(call, slot, async (tx) => {
    await recordReplay(tx, call, slot, device.id);
    return { kind: 'replay' as const };
  });
  if (outcome.kind === 'earlier') return outcome;
  throw replayRefusal(call, slot, device);
};

/** Outside the line of sessions that used it, a replay looks like any wrong code. */
export const replayRefusal = (call: SignedInCall, slot: Slot, device: TotpDeviceRecord) =>
  device.lastLineId === call.session.lineId ? alreadyUsed() : refuseWrongCode(slot);

/** The second layer of the limiter: wrong codes per network address and in all, in this process's memory (D2). */
import { refuse } from './refusals.js';

const WINDOW_MS = 10 * 60_000;
/** Wrong codes from one address in ten minutes: an office behind one address stays far below it. */
const PER_ADDRESS = 100;
/** Wrong codes in all in ten minutes, a sign of spraying over many accounts from many addresses. */
const IN_ALL = 5_000;
const MAX_ADDRESSES = 20_000;

export interface FailureLimits {
  /** Throws `too_many_requests` when this address, or everybody together, failed too often. */
  check(ip: string | null, now: number): void;
  noteFailure(ip: string | null, now: number): void;
}

interface Window {
  startedAt: number;
  failures: number;
}

export const createFailureLimits = (): FailureLimits => {
  const windows = new Map<string, Window>();
  let inAll: Window = { startedAt: 0, failures: 0 };

  const current = (window: Window | undefined, now: number): Window =>
    window && now - window.startedAt < WINDOW_MS && now >= window.startedAt ? window : { startedAt: now, failures: 0 };

  return {
    check(ip, now) {
      const own = ip === null ? undefined : windows.get(networkOf(ip));
      for (const [window, limit] of [
        [own, PER_ADDRESS],
        [inAll, IN_ALL],
      ] as const) {
        const { startedAt, failures } = current(window, now);
        if (failures < limit) continue;
        throw refuse('too_many_requests', { retryAfter: Math.ceil((startedAt + WINDOW_MS - now) / 1000) });
      }
    },
    noteFailure(ip, now) {
      inAll = current(inAll, now);
      inAll.failures += 1;
      if (ip === null) return;
      const network = networkOf(ip);
      const window = current(windows.get(network), now);
      window.failures += 1;
      // Newest last, so that what is dropped for want of room is the oldest.
      windows.delete(network);
      windows.set(network, window);
      if (windows.size > MAX_ADDRESSES) windows.delete(windows.keys().next().value ?? '');
    },
  };
};

/** An IPv6 customer owns a /64 and may use every address in it. */
export const networkOf = (ip: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = ip.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  const groups = [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
  return groups.slice(0, 4).join(':');
};

import type { Lock, Method } from '../../controller/screens.js';
import type { Way } from './views/ChooseTypeView.js';

/** What keeps a person from some of their ways. */
export interface Obstacles {
  locks: readonly Lock[];
  /** What this browser cannot do. */
  unsupported: readonly Method[];
}

/** The ways a person has, with what keeps them from some. The first that can be used is recommended, where there is a choice. */
export function waysWithLocks(methods: readonly Method[], { locks, unsupported }: Obstacles, now: number): Way[] {
  const ways = methods.map((method): Way => {
    if (unsupported.includes(method)) return { method, blocked: 'unsupported' };
    const lock = locks.find((one) => one.method === method);
    if (!lock) return { method };
    if (lock.lockedUntil === null) return { method, blocked: 'suspended' };
    const retryAfter = Math.ceil((lock.lockedUntil - now) / 1000);
    return retryAfter > 0 ? { method, blocked: 'locked', retryAfter } : { method };
  });
  const best = ways.findIndex((way) => !way.blocked);
  return ways.map((way, at) => ({ ...way, isRecommended: at === best && ways.length > 1 }));
}

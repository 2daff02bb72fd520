/** One writer at a time in this process, first come first served; whoever waits too long is told so. */
import { StoreBusyError } from './Store.js';

/** How long a change may wait for its turn, milliseconds (security.md D15). */
export const writeDeadlineMs = 5000;

export class WriteQueue {
  private readonly waiting: (() => void)[] = [];
  private isTaken = false;

  /** Runs `work` when its turn comes; throws `StoreBusyError` when it has not come after `deadlineMs`. */
  async run<T>(work: () => Promise<T>, deadlineMs: number = writeDeadlineMs): Promise<T> {
    if (this.isTaken) await this.turn(deadlineMs);
    this.isTaken = true;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The turn is handed over without being free in between: nobody who comes later may slip in.
      if (next) next();
      else this.isTaken = false;
    }
  }

  private turn(deadlineMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(new StoreBusyError(`The store was busy: no writer slot came free in ${deadlineMs} ms.`));
      }, deadlineMs);
      this.waiting.push(start);
    });
  }
}

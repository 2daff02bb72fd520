/**
 * Who takes on a session that waits for something: the handler mounted last, else the interface. Once per time it waits.
 */

export interface PendingSession {
  /** Whether the session waits for something, as often as that is looked at. */
  setPending: (isPending: boolean) => void;
  /** A handler that stands in for the interface; the answer takes it away. */
  handle: (handler: () => void) => () => void;
  /** The session is another one, or none. */
  forget: () => void;
}

export interface PendingSessionOptions {
  openInterface: () => void;
  closeInterface: () => void;
}

export const createPendingSession = ({ openInterface, closeInterface }: PendingSessionOptions): PendingSession => {
  const handlers: (() => void)[] = [];
  let isPending = false;
  let isReviewDue = false;
  let taker: 'handler' | 'interface' | undefined;

  const review = () => {
    isReviewDue = false;
    if (!isPending) {
      taker = undefined;
      closeInterface();
      return;
    }
    const handler = handlers.at(-1);
    if (handler) {
      if (taker === 'handler') return;
      if (taker === 'interface') closeInterface();
      taker = 'handler';
      handler();
    } else if (!taker) {
      taker = 'interface';
      openInterface();
    }
  };

  /** Waits until all that happens at the same time has happened: a session that arrives, and the page that handles it. */
  const planReview = () => {
    if (isReviewDue) return;
    isReviewDue = true;
    queueMicrotask(review);
  };

  return {
    setPending: (nowPending) => {
      if (nowPending === isPending) return;
      isPending = nowPending;
      planReview();
    },
    handle: (handler) => {
      handlers.push(handler);
      planReview();
      return () => {
        handlers.splice(handlers.lastIndexOf(handler), 1);
      };
    },
    forget: () => {
      isPending = false;
      taker = undefined;
    },
  };
};

/** How many e-mails may go to an address, or out for an IP, within a sliding window. */

export interface SendDecision {
  isAllowed: boolean;
  allowedAt: number;
  /** What to keep: the sends that still count, oldest first. */
  sentAt: number[];
}

export function decideSend(
  earlier: readonly number[],
  { limit, windowMs, now }: { limit: number; windowMs: number; now: number },
): SendDecision {
  const recent = earlier.filter((at) => at > now - windowMs);
  const isAllowed = recent.length < limit;
  const sentAt = isAllowed ? [...recent, now] : recent;
  // The next one is allowed as soon as fewer than `limit` are left in the window.
  const blocking = sentAt[sentAt.length - limit];
  return { isAllowed, allowedAt: blocking === undefined ? now : blocking + windowMs, sentAt };
}

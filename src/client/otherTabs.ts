// Other tabs hear, by name alone, that the session is another; no secret goes this way.

export interface OtherTabs {
  tell(): void;
  close(): void;
}

export const listenToOtherTabs = (environmentId: string, onSessionChanged: () => void): OtherTabs => {
  if (typeof BroadcastChannel === 'undefined') return { tell() {}, close() {} };
  const channel = new BroadcastChannel(`mfa-kit:${environmentId}`);
  channel.onmessage = onSessionChanged;
  // In Node an open channel would keep the process alive.
  (channel as { unref?: () => void }).unref?.();
  return { tell: () => channel.postMessage('session'), close: () => channel.close() };
};

// One idempotency key per submitted value, so that a lost answer can be asked for again without a second code (D17).

/** What keys are made from. Made anew when the server decided about a submission: the next one is a new one. */
export interface KeyState {
  salt?: string;
}

const random = (): Uint8Array => crypto.getRandomValues(new Uint8Array(16));

/**
 * The key of a submission. The same value gives the same key until one was answered, so that a person who types it again
 * after a lost answer is recognised; nothing of the value is kept. Without WebCrypto (no secure context) every call has
 * a key of its own.
 */
export const keyOf = async (state: KeyState, submitted: string): Promise<string> => {
  state.salt ??= String(random());
  const bytes = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state.salt + submitted)))
    : random();
  // As decimals with commas: 127 characters at most, of the 128 that a key may have.
  return String(bytes);
};

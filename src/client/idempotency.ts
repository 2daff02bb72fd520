// One idempotency key per submitted value, so that a lost answer can be asked for again without a second code.

/** How long the server can still answer a repeat (security decision D17). */
const MEMORY_MS = 120_000;

export interface Submission {
  /** 128 random bits, or the key under which this same value went unanswered before. */
  key: string;
  /** Call when the server decided: the same value is then a new submission. */
  settle(): void;
}

export interface IdempotencyKeys {
  of(submitted: string): Promise<Submission>;
  clear(): void;
}

const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What was submitted is kept as a digest only; without WebCrypto (no secure context) it is not kept at all. */
const digest = async (text: string): Promise<string | undefined> =>
  crypto.subtle &&
  String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

export const createIdempotencyKeys = (): IdempotencyKeys => {
  const unanswered = new Map<string, { key: string; since: number }>();
  return {
    async of(submitted) {
      const name = await digest(submitted);
      for (const [old, { since }] of unanswered) if (Date.now() - since >= MEMORY_MS) unanswered.delete(old);
      const { key } = (name && unanswered.get(name)) || { key: randomKey() };
      if (name && !unanswered.has(name)) unanswered.set(name, { key, since: Date.now() });
      return { key, settle: () => void (name && unanswered.delete(name)) };
    },
    clear: () => unanswered.clear(),
  };
};

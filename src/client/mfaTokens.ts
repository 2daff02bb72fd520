// MFA tokens waiting to be used: in memory only, gone once spent, expired or refused.
import type { TokenAsk } from './core.js';

export interface StoredMfaToken {
  value: string;
  isSingleUse: boolean;
  /** Bound to this action; without one it is good for any. */
  action?: string;
  /** Unix milliseconds of this device's clock. */
  expiresAt: number;
}

export interface MfaTokens {
  /** Keeps a token, with what is known of it from the asking. */
  add(value: string, asked: TokenAsk, lifetimeSeconds?: number): void;
  /** The token to use for this action: bound to it, else bound to none. Without an action, the newest. */
  find(action?: string): StoredMfaToken | undefined;
  drop(value: string): void;
  clear(): void;
}

/** How long tokens live at most (the server's policy may be shorter; then its refusal drops them). */
const SINGLE_USE_SECONDS = 120;
const PERSISTENT_SECONDS = 3600;

export const createMfaTokens = (onChange: (next: string | null) => void): MfaTokens => {
  let stored: StoredMfaToken[] = [];
  const live = (): StoredMfaToken[] => stored.filter(({ expiresAt }) => expiresAt > Date.now());
  const replace = (next: StoredMfaToken[]): void => {
    const before = live()[0]?.value ?? null;
    stored = next;
    const after = next[0]?.value ?? null;
    if (before !== after) onChange(after);
  };
  return {
    add(value, { createMfaToken, action }, lifetimeSeconds) {
      // Not knowing is single-use: a token thrown away too early costs a prompt, one kept too long an error.
      const isSingleUse = createMfaToken?.singleUse ?? true;
      const seconds = lifetimeSeconds ?? (isSingleUse ? SINGLE_USE_SECONDS : PERSISTENT_SECONDS);
      replace([
        { value, isSingleUse, action, expiresAt: Date.now() + seconds * 1000 },
        ...live().filter((token) => token.value !== value),
      ]);
    },
    find(action) {
      const usable = live();
      return action
        ? (usable.find((token) => token.action === action) ?? usable.find((token) => !token.action))
        : usable[0];
    },
    drop: (value) => replace(live().filter((token) => token.value !== value)),
    clear: () => replace([]),
  };
};

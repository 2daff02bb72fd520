/** What the treasury asks of the kit: who is signed in, a proof for one action, and a list of what still has to be done. */
import type { SessionCheck } from 'mfa-kit/server';

export interface MfaDemand {
  action: string;
  /** What is approved, field for field: a proof for it is good for nothing else. */
  payload?: Record<string, string>;
  /** The same for a person to read. */
  summary?: string;
}

export type MfaCheck = { ok: true; mfa: { userId: string } } | { ok: false; response: Response };

export interface TreasuryGuard {
  requireSession(request: Request): Promise<SessionCheck>;
  requireMfa(request: Request, demand: MfaDemand): Promise<MfaCheck>;
  waiting: {
    leave(userId: string, what: { action: string; subject?: string; summary?: string }): Promise<unknown>;
    list(userId: string): Promise<readonly { id: string; action: string; summary: string | null }[]>;
    settle(userId: string, id: string): Promise<unknown>;
  };
}

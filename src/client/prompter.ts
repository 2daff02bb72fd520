// How a client asks the person for a proof: by whoever draws the interface.
import type { ActionLevel, ActionName, CreateMfaToken, TokenBinding } from '../wire/actions.js';
import type { TokenScope } from '../wire/scopes.js';

/** What a call is for that may be protected. */
export interface MfaApproval {
  /** The action, as the server names it. */
  action: ActionName;
  /** What exactly is to be done, as the server's `requireMfa` names it: the proof is then good for nothing else. */
  payload?: Record<string, unknown>;
  /** The same in words, where the server has none. */
  summary?: string;
}

/** Options of `mfaFetch`: those of `fetch`, and what the request is for. */
export interface MfaFetchInit extends RequestInit {
  /** Lets a stored proof go along at once. Without it one goes along only after the server has asked for it. */
  mfa?: MfaApproval;
}

/** A proof to ask the person for. */
export interface MfaPrompt extends TokenBinding {
  /** What is to be approved, in words that may come from the server. */
  summary?: string;
  /** The weakest proof that is enough. */
  minLevel?: ActionLevel;
  /** For how long the proof will count, seconds. */
  tokenExpirySeconds?: number;
  createMfaToken?: CreateMfaToken;
  requestedScopes?: TokenScope[];
  /** The first factor is wanted once more, and no second one. */
  isReauthentication?: boolean;
}

/**
 * Asks for a proof and gives the MFA token it earned, or rejects: `MfaCancelledError` when the person does not want to.
 * `signal` says that nobody waits for it any more.
 */
export type MfaPrompter = (prompt: MfaPrompt, signal?: AbortSignal) => Promise<string | undefined>;

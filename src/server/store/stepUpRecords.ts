/** What a store keeps of proofs for an action: tokens of both kinds, what is asked to be approved, and what waits. */
import type { Acr } from './records.js';

export interface MfaTokenRecord {
  id: string;
  hash: string;
  userId: string;
  sid: string;
  action: string | null;
  singleUse: boolean;
  /** How strong the proof was that earned it. One of a release that did not note it counts as `recovery`. */
  acr: Acr;
  /** RFC 8176 values of that proof, space-separated. */
  amr: string;
  provenAt: number;
  /** What it was asked for, where it is good for that alone. */
  payloadDigest: string | null;
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
}

/** What a route asks of a token. */
export interface MfaTokenUse {
  hash: string;
  userId: string;
  sid: string;
  /** Must be that of a bound token. */
  action: string;
  /** Refuses a token that was bound to no action. */
  isStrict: boolean;
  /** Must be that of the token; null refuses every token that has one. */
  payloadDigest: string | null;
  /** The strengths of proof that are enough. */
  levels: readonly Acr[];
  needsSingleUse: boolean;
  now: number;
}

/** An elevated access token, of which the JWT itself is kept nowhere. */
export interface ElevatedTokenRecord {
  /** SHA-256 of its `jti`. */
  id: string;
  userId: string;
  sid: string;
  /** Space-separated. */
  scopes: string;
  singleUse: boolean;
  acr: Acr;
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
}

/** What a session was asked to prove, and what the proof will be for. */
export interface ApprovalRecord {
  id: string;
  userId: string;
  sid: string;
  action: string;
  payloadDigest: string | null;
  /** The payload in the application's words. */
  summary: string | null;
  createdAt: number;
  expiresAt: number;
}

/** Something that the user still has to do, and will have to prove themselves for. */
export interface WaitingActionRecord {
  id: string;
  userId: string;
  environmentId: string;
  action: string;
  /** What it is done to: a wallet, a delegate. */
  subject: string | null;
  summary: string | null;
  createdAt: number;
}

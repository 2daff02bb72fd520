/** One request on its way through the server: what handlers get to see, and how a route is written down. */
import type { GenericSchema, InferOutput } from 'valibot';
import type { HttpMethod, Route } from '../wire/routes.js';
import type { AuditOrigin } from './audit.js';
import type { Core } from './core.js';
import type { RepeatKey } from './idempotency.js';
import type { IdempotencyRecord, SessionRecord, UserRecord } from './store/records.js';

/** What a handler answers with; the router makes a response of it. */
export interface Reply {
  status: 200 | 204;
  body?: unknown;
  /** A `Set-Cookie` value. */
  cookie?: string;
}

export const answer = (body: unknown): Reply => ({ status: 200, body });
export const nothingToSay: Reply = { status: 204 };

export interface Call<TBody = unknown> {
  core: Core;
  /** The one reading of the clock this request lives by. */
  now: number;
  requestId: string;
  ip: string | null;
  /** The `User-Agent` header, cut to a length that can be kept. */
  agent: string | null;
  agentHash: string | null;
  /** The `:id` of the path, or empty. */
  id: string;
  query: URLSearchParams;
  body: TBody;
  /** The `x-mfa-auth-token` header; null when absent or empty. */
  mfaToken: string | null;
  /** The `x-dyn-elevated-access-token` header, likewise. */
  elevatedToken: string | null;
  /** The request's idempotency key, where the route takes one and the request has one. */
  repeatKey: RepeatKey | null;
}

/** A request of somebody who is signed in, though perhaps not all the way. */
export interface SignedInCall<TBody = unknown> extends Call<TBody> {
  session: SessionRecord;
  user: UserRecord;
}

export const auditOrigin = (call: Call & { session?: SessionRecord }): AuditOrigin => ({
  environmentId: call.core.environmentId,
  now: call.now,
  sid: call.session?.sid ?? null,
  ip: call.ip,
  agentHash: call.agentHash,
});

export interface QueryParameter {
  type: 'boolean' | 'integer' | 'string';
  description: string;
}

interface RouteBase {
  method: HttpMethod;
  /** Relative to `/sdk/{environmentId}`. */
  path: string;
  /** One line for the API document. */
  summary: string;
  /** What a good answer carries; absent for 204. */
  response?: GenericSchema;
  /** What the query may say, for the API document. */
  query?: Readonly<Record<string, QueryParameter>>;
  /** The published begin routes: a GET that may make something, and so is not answered to HEAD. */
  isBegin?: boolean;
  /** Whether it looks at a code somebody could guess: such a route is held by both layers of the limiter. */
  takesCode?: boolean;
}

/** Where the wire has a route, so that both ends spell it alike. */
export const endpoint = ({
  method,
  path,
}: Pick<Route<never, unknown>, 'method' | 'path'>): Pick<RouteBase, 'method' | 'path'> => ({
  method,
  path,
});

/** A route that anybody may call. */
export interface OpenRoute<TBody = unknown> extends RouteBase {
  access: 'open';
  body?: GenericSchema;
  handle(call: Call<TBody>): Promise<Reply>;
  /** Answers again what was answered before, for a route that takes an `Idempotency-Key`. */
  repeat?(call: Call<TBody>, earlier: IdempotencyRecord): Promise<Reply>;
}

/**
 * A route for a session: `waiting` also while it waits for its second factor, `basic` only with `user:basic` (D6),
 * `refresh` like `waiting` and with an access token past its expiry.
 */
export interface SessionRoute<TBody = unknown> extends RouteBase {
  access: 'waiting' | 'basic' | 'refresh';
  body?: GenericSchema;
  handle(call: SignedInCall<TBody>): Promise<Reply>;
  repeat?(call: SignedInCall<TBody>, earlier: IdempotencyRecord): Promise<Reply>;
}

export type AnyRoute = OpenRoute | SessionRoute;

type BodyOf<TSchema> = TSchema extends GenericSchema ? InferOutput<TSchema> : undefined;

/** Ties a handler's body to the schema that reads it. */
export const openRoute = <TSchema extends GenericSchema | undefined = undefined>(
  route: Omit<OpenRoute<BodyOf<TSchema>>, 'access' | 'body'> & { body?: TSchema },
): AnyRoute => ({ ...route, access: 'open' }) as OpenRoute;

export const sessionRoute = <TSchema extends GenericSchema | undefined = undefined>(
  route: Omit<SessionRoute<BodyOf<TSchema>>, 'body'> & { body?: TSchema },
): AnyRoute => route as SessionRoute;

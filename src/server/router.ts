/** The road of a request: match → who are you → parse → handler → a response, whatever happened on the way. */
import { type Context, Hono } from 'hono';
import { describeRoute } from 'hono-openapi';
import { ELEVATED_TOKEN_HEADER, IDEMPOTENCY_KEY_HEADER, MFA_TOKEN_HEADER } from '../wire/headers.js';
import type { AccessClaims } from './accessTokens.js';
import { identify, readClaims } from './authenticateRequest.js';
import { parseJson, readText } from './body.js';
import type { AnyRoute, Call, Reply } from './call.js';
import type { Core } from './core.js';
import { refuseCrossSite } from './crossSite.js';
import { randomUuid, sha256 } from './crypto.js';
import { requireScope } from './guard.js';
import { findEarlier, readRepeatKey } from './idempotency.js';
import { addressOf, type ConnectionInfo } from './networkAddress.js';
import { describeApi, describeOperation } from './openapi.js';
import { Refusal, refuse } from './refusals.js';
import { respond, respondOptions, respondRefusal } from './responses.js';
import { readBody } from './schema.js';
import type { IdempotencyRecord } from './store/records.js';
import { toRefusal } from './toRefusal.js';

type Env = { Bindings: { connection?: ConnectionInfo }; Variables: { requestId: string } };

/** What a published client may ask for by. */
const ANY_METHOD = 'GET, POST, PUT, PATCH, DELETE, OPTIONS';

/** Longer than any browser's. */
const MAX_AGENT = 512;

export const createRouter = (core: Core, routes: readonly AnyRoute[]) => {
  const prefix = new URL(core.baseUrl).pathname;
  const app = new Hono<Env>();
  const factsOf = (context: Context<Env>) => ({
    origin: context.req.header('origin') ?? null,
    requestId: context.get('requestId') ?? randomUuid(),
  });

  app.use(async (context, next) => {
    context.set('requestId', randomUuid());
    await next();
  });
  for (const [path, group] of groupByPath(routes)) {
    const pattern = `${prefix}/sdk/:environmentId${path}`;
    for (const route of group) {
      app.on(route.method, pattern, describeRoute(describeOperation(route)), async (context) => {
        refuseUnknownEnvironment(core, context.req.param('environmentId'));
        // Hono hands HEAD to the handlers of GET: a begin route would make something.
        if (context.req.method === 'HEAD' && route.isBegin) throw methodNotAllowed(group);
        const call = await run(core, route, context);
        return respond(core, factsOf(context), call);
      });
    }
    app.all(pattern, (context) => {
      refuseUnknownEnvironment(core, context.req.param('environmentId'));
      if (context.req.method !== 'OPTIONS') throw methodNotAllowed(group);
      return respondOptions(core, factsOf(context), allowedMethods(group));
    });
  }
  const documentPath = `${prefix}/openapi.json`;
  app.get(documentPath, async (context) =>
    respond(core, factsOf(context), { status: 200, body: await describeApi(app, core) }),
  );
  app.all(documentPath, (context) => {
    if (context.req.method !== 'OPTIONS') throw refuse('method_not_allowed', { allow: 'GET, HEAD, OPTIONS' });
    return respondOptions(core, factsOf(context), 'GET, HEAD, OPTIONS');
  });
  app.all(`${prefix}/sdk/:environmentId/*`, (context) => {
    refuseUnknownEnvironment(core, context.req.param('environmentId'));
    // Or a browser would hide from a published client what this kit has not, as if the network had failed.
    if (context.req.method === 'OPTIONS') return respondOptions(core, factsOf(context), ANY_METHOD);
    throw refuse('not_found');
  });
  app.notFound((context) => respondRefusal(core, factsOf(context), refuse('not_found')));
  app.onError((error, context) => {
    const facts = factsOf(context);
    return respondRefusal(core, facts, toRefusal(core, error, facts.requestId));
  });

  return (request: Request, connection?: ConnectionInfo): Response | Promise<Response> =>
    app.fetch(request, { connection });
};

/** Paths with a parameter last, or they would answer for the ones without. */
const groupByPath = (routes: readonly AnyRoute[]): [string, AnyRoute[]][] => {
  const groups = new Map<string, AnyRoute[]>();
  for (const route of routes) groups.set(route.path, [...(groups.get(route.path) ?? []), route]);
  return [...groups].sort(([a], [b]) => Number(a.includes(':')) - Number(b.includes(':')));
};

const refuseUnknownEnvironment = (core: Core, id: string | undefined): void => {
  if (id !== core.environmentId) throw refuse('unknown_environment');
};

const allowedMethods = (group: readonly AnyRoute[]): string => {
  const methods = new Set<string>(group.map((route) => route.method));
  if (group.some((route) => route.method === 'GET' && !route.isBegin)) methods.add('HEAD');
  return [...methods, 'OPTIONS'].join(', ');
};

const methodNotAllowed = (group: readonly AnyRoute[]): Refusal =>
  refuse('method_not_allowed', { allow: allowedMethods(group) });

const run = async (core: Core, route: AnyRoute, context: Context<Env>): Promise<Reply> => {
  const request = context.req.raw;
  const now = core.clock();
  refuseCrossSite(core, request);
  const ip = addressOf(request, context.env.connection, core.options.trustedHops ?? 0);
  if (route.takesCode) core.failures.check(ip, now);
  const text = await readText(request);
  const claims =
    route.access === 'open'
      ? null
      : await readClaims(core, request, { now, acceptsExpired: route.access === 'refresh' });
  if (route.access !== 'open' && !claims) throw refuse('not_signed_in');
  const key = route.repeat ? (request.headers.get(IDEMPOTENCY_KEY_HEADER) ?? null) : null;
  const name = `${route.method} ${route.path}`;
  const repeatKey = await readRepeatKey(core, { key, userId: claims?.userId ?? null, route: name, body: text });
  const agent = request.headers.get('user-agent');
  const call: Call = {
    core,
    now,
    requestId: context.get('requestId'),
    ip,
    agent: agent === null ? null : agent.slice(0, MAX_AGENT),
    agentHash: agent === null ? null : await sha256(agent),
    id: context.req.param('id') ?? '',
    query: new URL(request.url).searchParams,
    body: undefined,
    mfaToken: request.headers.get(MFA_TOKEN_HEADER) || null,
    elevatedToken: request.headers.get(ELEVATED_TOKEN_HEADER) || null,
    repeatKey,
  };
  // Before the session is looked at: the lost answer may have been the one that ended it.
  const findTwin = () => findEarlier(core, core.store, { repeatKey, sid: claims?.sid ?? null, now });
  const earlier = await findTwin();
  const asked = { route, call, claims, text };
  try {
    return await reply(asked, earlier);
  } catch (error) {
    // Sent twice, it may have been answered meanwhile, and that answer used up the code or the session.
    const twin = error instanceof Refusal && !earlier ? await findTwin() : null;
    if (!twin) throw error;
    return reply(asked, twin);
  }
};

const reply = async (
  { route, call, claims, text }: { route: AnyRoute; call: Call; claims: AccessClaims | null; text: string },
  earlier: IdempotencyRecord | null,
): Promise<Reply> => {
  if (route.access === 'open') {
    const body = route.body ? readBody(route.body, parseJson(text)) : undefined;
    if (earlier && route.repeat) return route.repeat({ ...call, body }, earlier);
    return route.handle({ ...call, body });
  }
  if (!claims) throw refuse('not_signed_in');
  // Then the session that came of it is the one to go on with, whatever token the request still carries.
  const current = earlier ? { ...claims, sid: earlier.newSid, jti: '' } : claims;
  const identified = await identify(call.core, current, call.now);
  requireScope(identified.session, route.access);
  const body = route.body ? readBody(route.body, parseJson(text)) : undefined;
  if (earlier && route.repeat) return route.repeat({ ...call, ...identified, body }, earlier);
  return route.handle({ ...call, ...identified, body });
};

/** The API document (OpenAPI 3.1), made from the schemas that read the requests. */
import type { Env, Hono } from 'hono';
import { type DescribeRouteOptions, generateSpecs, resolver } from 'hono-openapi';
import type { AnyRoute } from './call.js';
import type { Core } from './core.js';
import { errorResponse } from './handlers/responses.js';

/** What the document says of one route. */
export const describeOperation = (route: AnyRoute): DescribeRouteOptions =>
  ({
    summary: route.summary,
    operationId: operationIdOf(route),
    security: route.access === 'open' ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(route.query && {
      parameters: Object.entries(route.query).map(([name, { type, description }]) => ({
        in: 'query' as const,
        name,
        description,
        schema: { type },
      })),
    }),
    ...(route.body && {
      requestBody: {
        content: { 'application/json': { schema: resolver(route.body) } },
      } as DescribeRouteOptions['requestBody'],
    }),
    responses: {
      ...(route.response
        ? { 200: { description: 'Done.', content: { 'application/json': { schema: resolver(route.response) } } } }
        : { 204: { description: 'Done.' } }),
      default: {
        description: 'Refused: `code` says why.',
        content: { 'application/json': { schema: resolver(errorResponse) } },
      },
    },
    'x-access': route.access,
    'x-takes-code': route.takesCode === true,
    'x-idempotent': route.repeat !== undefined,
  }) as DescribeRouteOptions;

const operationIdOf = ({ method, path }: AnyRoute): string =>
  method.toLowerCase() +
  path
    .split(/[/.:_-]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

export const describeApi = <E extends Env>(app: Hono<E>, core: Core): Promise<unknown> =>
  generateSpecs(app, {
    documentation: {
      openapi: '3.1.0',
      info: { title: `${core.options.appName}: multi-factor authentication`, version: '0.1.0' },
      servers: [{ url: new URL(core.baseUrl).origin }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          cookie: { type: 'apiKey', in: 'cookie', name: `mfa_${core.environmentId}` },
        },
      },
    },
  });

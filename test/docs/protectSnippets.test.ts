/** The snippets that protect a route, in each framework: run over HTTP as they stand, refused first, then let through once. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { MfaServer } from 'mfa-kit/server';
import { expect, test } from 'vitest';
import { Person, read } from '../support/person.js';
import { origin, startTestServer } from '../support/server.js';
import { protectWithExpress } from './snippets/protectExpress.js';
import { protectWithFastify } from './snippets/protectFastify.js';
import { protectWithHono } from './snippets/protectHono.js';
import { protectWithNext } from './snippets/protectNext.js';

type Send = (userId: string, transfer: object) => Promise<object>;
const listening = (fetch: (request: Request) => Response | Promise<Response>): RequestListener =>
  getRequestListener(fetch, { overrideGlobalObjects: false });

const frameworks: [string, (mfa: MfaServer, send: Send) => Promise<RequestListener>][] = [
  ['Hono', async (mfa, send) => listening(protectWithHono(mfa, send).fetch)],
  ['Express', async (mfa, send) => protectWithExpress(mfa, send) as RequestListener],
  [
    'Fastify',
    async (mfa, send) => {
      const app = protectWithFastify(mfa, send);
      await app.ready();
      return (request, response) => app.routing(request, response);
    },
  ],
  ['a Next route handler', async (mfa, send) => listening(protectWithNext(mfa, send))],
];

test.each(frameworks)(
  '%s: the same call is refused with a challenge, and done once with its proof',
  async (_name, protect) => {
    const backend = await startTestServer({ policy: { enrollment: 'action' } });
    const ada = new Person(backend);
    await ada.enrol();
    const sent: object[] = [];
    const listener = await protect(backend.mfa, async (userId, transfer) => {
      sent.push({ userId, ...transfer });
      return { isSent: true };
    });
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const transfer = async (amount: number, token = '') => {
      const response = await fetch(`http://127.0.0.1:${port}/transfers`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${ada.token}`,
          origin,
          'content-type': 'application/json',
          'x-mfa-auth-token': token,
        },
        body: JSON.stringify({ to: 'Bob', amount }),
      });
      return read(response);
    };

    const refused = await transfer(5);
    expect(refused).toMatchObject({ status: 401, body: { code: 'insufficient_user_authentication' } });
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer error="insufficient_user_authentication"/);
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    expect(refused.headers.get('content-type')).toContain('application/json');
    const { challengeId } = refused.body.payload ?? {};
    const { body } = await ada.authenticate({ challengeId, createMfaToken: { singleUse: true } });
    expect((await transfer(500, body.mfaToken)).status).toBe(401);
    expect((await transfer(5, body.mfaToken)).body).toEqual({ isSent: true });
    expect((await transfer(5, body.mfaToken)).status).toBe(401);
    expect(sent).toEqual([{ userId: body.user?.id, to: 'Bob', amount: 5 }]);
    expect(backend.errors).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
    await backend.close();
  },
);

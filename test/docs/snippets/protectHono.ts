import { Hono } from 'hono';
import type { MfaServer } from 'mfa-kit/server';
import { mfaGuard } from 'mfa-kit/server/hono';

export const protectWithHono = (mfa: MfaServer, send: (userId: string, transfer: object) => Promise<object>) =>
  new Hono().post('/transfers', mfaGuard(mfa, { action: 'transfer.send', payload: (c) => c.req.json() }), async (c) =>
    c.json(await send(c.get('mfa').userId, await c.req.json())),
  );

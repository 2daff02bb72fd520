import fastify from 'fastify';
import type { MfaServer } from 'mfa-kit/server';

export const protectWithFastify = (mfa: MfaServer, send: (userId: string, transfer: object) => Promise<object>) => {
  const app = fastify();
  app.post<{ Body: Record<string, unknown> }>('/transfers', async (request, reply) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, String(value));
    }
    const check = await mfa.requireMfa(
      { method: request.method, headers },
      { action: 'transfer.send', payload: request.body },
    );
    if (!check.ok) return reply.send(check.response);
    return send(check.mfa.userId, request.body);
  });
  return app;
};

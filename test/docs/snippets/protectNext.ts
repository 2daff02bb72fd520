import type { MfaServer } from 'mfa-kit/server';

/** As `export const POST = …` in `app/transfers/route.ts`. */
export const protectWithNext =
  (mfa: MfaServer, send: (userId: string, transfer: object) => Promise<object>) =>
  async (request: Request): Promise<Response> => {
    const transfer = await request.json();
    const check = await mfa.requireMfa(request, { action: 'transfer.send', payload: transfer });
    if (!check.ok) return check.response;
    return Response.json(await send(check.mfa.userId, transfer));
  };

import express, { type RequestHandler } from 'express';
import type { MfaServer } from 'mfa-kit/server';

/** The guard as an Express middleware; what was proven stands in `res.locals.mfa`. */
const mfaGuard =
  (mfa: MfaServer, action: string): RequestHandler =>
  async (req, res, next) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(req.headers)) if (value !== undefined) headers.set(name, String(value));
    const check = await mfa.requireMfa({ method: req.method, headers }, { action, payload: req.body });
    if (check.ok) {
      res.locals.mfa = check.mfa;
      return next();
    }
    res
      .status(check.response.status)
      .setHeaders(check.response.headers)
      .send(await check.response.text());
  };

export const protectWithExpress = (mfa: MfaServer, send: (userId: string, transfer: object) => Promise<object>) =>
  express()
    .use(express.json())
    .post('/transfers', mfaGuard(mfa, 'transfer.send'), async (req, res) => {
      res.json(await send(res.locals.mfa.userId, req.body));
    });

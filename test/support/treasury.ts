/** An application's own routes on the API's origin, each protected by the action of its name: `/treasury/send` by `treasury.send`. */
import type { MfaServer } from 'mfa-kit/server';
import { baseUrl, type TestServer } from './server.js';

export const treasuryUrl = new URL('/treasury', baseUrl).href;

export interface Treasury {
  /** The routes, and the API's behind them. */
  fetch: (request: Request) => Promise<Response>;
  /** What was really carried out: the action and the body it came with. */
  done: { action: string; body: unknown }[];
  /** Every request to a protected route, carried out or not. */
  calls: Request[];
}

/** A body's `bound` is what its proof must be bound to. */
interface Body {
  bound?: Record<string, unknown>;
}

export const createTreasury = ({ mfa }: Pick<TestServer, 'mfa'>): Treasury => {
  const done: Treasury['done'] = [];
  const calls: Request[] = [];
  return {
    done,
    calls,
    async fetch(request) {
      const { href } = new URL(request.url);
      if (!href.startsWith(`${treasuryUrl}/`)) return mfa.fetch(request);
      calls.push(request.clone());
      const action = `treasury.${href.slice(treasuryUrl.length + 1)}`;
      const text = await request.text();
      const body: Body = text ? JSON.parse(text) : {};
      return answer(mfa, request, action, body, () => done.push({ action, body }));
    },
  };
};

const answer = async (mfa: MfaServer, request: Request, action: string, body: Body, carryOut: () => number) => {
  const { bound: payload } = body;
  const check = await mfa.requireMfa(request, { action, ...(payload && { payload, summary: 'As agreed' }) });
  if (!check.ok) return check.response;
  return Response.json({ number: carryOut(), factor: check.mfa.factor, body });
};

/** The road between a client and a server, with everything that can go wrong on it, and a record of what was sent. */
import { environmentId } from './server.js';

export interface Sent {
  /** As `POST /users/mfa/auth/totp`. */
  what: string;
  url: string;
  headers: Headers;
  body: string;
  request: Request;
}

type Answer = (request: Request) => Promise<Response>;

export interface FaultyWire {
  fetch: (request: Request) => Promise<Response>;
  sent: Sent[];
  /** Whether the server is at work. */
  isBusy(): boolean;
  /** What was sent to a route, such as `POST /refresh`. */
  sentTo(what: string): Sent[];
  /** The next requests to a route reach the server, which does what it does; the answer is lost. */
  loseAnswers(what: string, times?: number): void;
  /** The next requests to a route are answered by this instead. */
  answer(what: string, answer: () => Response | Promise<Response>, times?: number): void;
  /** Nothing goes wrong any more. */
  forget(): void;
  /** Holds requests to a route until the function given back is called. */
  hold(what: string): () => void;
  /** The next request to a route is answered, and the answer held until the function given back is called. */
  holdAnswer(what: string): () => void;
}

export const refusal = (status: number, code: string, payload?: object, headers?: HeadersInit): Response =>
  Response.json({ error: 'A sentence for developers.', code, payload }, { status, headers });

export const createFaultyWire = (answer: Answer): FaultyWire => {
  const sent: Sent[] = [];
  let atWork = 0;
  const server: Answer = async (request) => {
    atWork += 1;
    return answer(request).finally(() => {
      atWork -= 1;
    });
  };
  const faults: { what: string; times: number; answer: Answer }[] = [];
  const add = (what: string, times: number, answer: Answer) => void faults.push({ what, times, answer });
  const describe = ({ method, url }: Request) => {
    const { pathname, search } = new URL(url);
    return `${method} ${(pathname.split(`/sdk/${environmentId}`)[1] ?? pathname) + search}`;
  };
  return {
    sent,
    isBusy: () => atWork > 0,
    sentTo: (what) => sent.filter((one) => one.what === what),
    loseAnswers: (what, times = 1) =>
      add(what, times, async (request) => {
        await server(request);
        throw new TypeError('Failed to fetch');
      }),
    answer: (what, answer, times = 1) => add(what, times, async () => answer()),
    forget: () => void faults.splice(0),
    hold(what) {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      add(what, Number.POSITIVE_INFINITY, async (request) => {
        await Promise.race([held, rejectedOnAbort(request.signal)]);
        return server(request);
      });
      return release;
    },
    holdAnswer(what) {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      add(what, 1, async (request) => {
        const response = await server(request);
        await held;
        return response;
      });
      return release;
    },
    async fetch(request) {
      const what = describe(request);
      const body = await request.clone().text();
      sent.push({ what, url: request.url, headers: request.headers, body, request });
      const fault = faults.find((one) => one.what === what && one.times > 0);
      if (!fault) return server(request);
      fault.times -= 1;
      return fault.answer(request);
    },
  };
};

const rejectedOnAbort = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MfaServer } from 'mfa-kit/server';

/** What visitors of the demo may switch. */
interface DemoPolicy {
  sessionBased: boolean;
  enrollment: 'none' | 'signup';
}

/**
 * `GET` and `PUT /demo/policy`: any visitor may change the policy, which no real service would allow. There,
 * `mfa.admin` stands behind the operator's own sign-in.
 */
export const handlePolicy = async (
  admin: MfaServer['admin'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  try {
    if (request.method === 'PUT') {
      // Another site must not switch it from a page of its own.
      if (request.headers['sec-fetch-site'] !== 'same-origin')
        return answer(403, { error: 'Only from the demo itself.' });
      const wanted = parse(await read(request));
      if (wanted === undefined) return answer(400, { error: 'Expected sessionBased and enrollment.' });
      await admin.updatePolicy({ enabled: wanted.sessionBased, enrollment: wanted.enrollment });
    }
    const { enabled, enrollment } = await admin.getPolicy();
    answer(200, { sessionBased: enabled, enrollment });
  } catch {
    answer(500, { error: 'The policy could not be read or changed.' });
  }
};

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 1000) return '';
  }
  return text;
};

const parse = (text: string): DemoPolicy | undefined => {
  try {
    const { sessionBased, enrollment } = JSON.parse(text) as Partial<DemoPolicy>;
    const isKnown = enrollment === 'none' || enrollment === 'signup';
    return typeof sessionBased === 'boolean' && isKnown ? { sessionBased, enrollment } : undefined;
  } catch {
    return undefined;
  }
};

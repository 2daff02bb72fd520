import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MfaPolicy, MfaServer } from 'mfa-kit/server';
import { treasuryActions } from './treasury/actions.js';

/** What visitors of the demo may switch. */
interface DemoPolicy {
  sessionBased: boolean;
  enrollment: 'none' | 'signup' | 'action';
  /** Which second steps can be set up. */
  methods: 'app' | 'passkey' | 'both';
  /** `preferred`: security keys that only want a touch count as a second step. */
  userVerification: 'required' | 'preferred';
}

const choices = {
  sessionBased: [true, false],
  enrollment: ['none', 'signup', 'action'],
  methods: ['app', 'passkey', 'both'],
  userVerification: ['required', 'preferred'],
} as const satisfies { [Name in keyof DemoPolicy]: readonly DemoPolicy[Name][] };

const methodsFor = (methods: DemoPolicy['methods']): MfaPolicy['methods'] => [
  { type: 'passkey', enabled: methods !== 'app', allowBackupCodes: true },
  { type: 'totp', enabled: methods !== 'passkey', allowBackupCodes: true },
];

/** What the demo begins with. */
export const firstPolicy: Partial<MfaPolicy> = {
  enabled: true,
  enrollment: 'signup',
  methods: methodsFor('both'),
  actions: [...treasuryActions],
};

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
      if (wanted === undefined) return answer(400, { error: `Expected any of ${Object.keys(choices).join(', ')}.` });
      await admin.updatePolicy(toChanges(wanted));
    }
    answer(200, fromPolicy(await admin.getPolicy()));
  } catch {
    answer(500, { error: 'The policy could not be read or changed.' });
  }
};

const toChanges = ({ sessionBased, enrollment, methods, userVerification }: Partial<DemoPolicy>) => ({
  ...(sessionBased !== undefined && { enabled: sessionBased }),
  ...(enrollment && { enrollment }),
  ...(methods && { methods: methodsFor(methods) }),
  ...(userVerification && { passkeys: { userVerification } }),
});

const fromPolicy = ({ enabled, enrollment, methods, passkeys }: MfaPolicy) => {
  const has = (type: string): boolean => methods.some((method) => method.type === type && method.enabled);
  return {
    sessionBased: enabled,
    enrollment,
    methods: has('passkey') ? (has('totp') ? 'both' : 'passkey') : 'app',
    userVerification: passkeys?.userVerification ?? 'required',
  };
};

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 1000) return '';
  }
  return text;
};

/** What is named must be one of its choices; what is not named stays as it is. */
const parse = (text: string): Partial<DemoPolicy> | undefined => {
  try {
    const wanted: unknown = JSON.parse(text);
    if (typeof wanted !== 'object' || wanted === null) return undefined;
    const isKnown = Object.entries(wanted).every(
      ([name, value]) => name in choices && (choices[name as keyof DemoPolicy] as readonly unknown[]).includes(value),
    );
    return isKnown ? wanted : undefined;
  } catch {
    return undefined;
  }
};

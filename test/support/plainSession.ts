/** Who is who on the plain server, and the tokens it gives out. */
import { randomBytes } from 'node:crypto';
import { environmentId } from './server.js';

export interface PlainDevice {
  id: string;
  secret: string;
  createdAt: string;
  isVerified: boolean;
}

export interface PlainPasskey {
  id: string;
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  createdAt: string;
}

export interface PlainUser {
  id: string;
  /** An address, or the subject of the application's own sign-in. */
  name: string;
  firstName?: string;
  acknowledgement: 'pending' | 'complete' | null;
  devices: PlainDevice[];
  passkeys: PlainPasskey[];
  codes: string[];
  wrongCodes: number;
}

export interface PlainSession {
  user: PlainUser;
  isBasic: boolean;
}

/** A proof given out, good for any session that shows it: of an MFA token the scopes are empty. */
export interface PlainGrant {
  scopes: readonly string[];
  singleUse: boolean;
}

/** What a proof asks for besides. */
export interface PlainAsk {
  createMfaToken?: { singleUse: boolean };
  requestedScopes?: string[];
}

/** Thrown by a route: its answer is this. */
export class PlainRefusal {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

const segment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Has the form of a JWT; whoever gave it out knows it again by its text, which is all a client may count on. */
const toJwt = (claims: object): string => `${segment({ alg: 'RS256' })}.${segment(claims)}.${segment(randomBytes(9))}`;

const scopeOf = ({ isBasic }: PlainSession): string => (isBasic ? 'user:basic other:scope' : 'requiresAdditionalAuth');

/** Contract §7.2, and fields nobody has heard of. */
export const describeUser = (session: PlainSession) => {
  const { id, name, firstName, acknowledgement } = session.user;
  const isEmail = name.includes('@');
  return {
    id,
    projectEnvironmentId: environmentId,
    verifiedCredentials: isEmail ? [{ id, format: 'email', email: name, signInEnabled: true, oddity: 1 }] : [],
    scope: scopeOf(session),
    mfaBackupCodeAcknowledgement: acknowledgement,
    ...(isEmail && { email: name }),
    ...(firstName !== undefined && { firstName }),
    someFieldOfTomorrow: { nested: [1, 2, 3] },
  };
};

const SESSION_S = 7_200;

/** The people, their sessions and their tokens. */
export const createPlainRegister = () => {
  const users: PlainUser[] = [];
  const sessions = new Map<string, PlainSession>();
  const grants = new Map<string, PlainGrant>();

  const elevate = (scopes: readonly string[]): string => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const token = toJwt({ scope: scopes.join(' '), exp });
    grants.set(token, { scopes, singleUse: false });
    return token;
  };

  return {
    users,
    sessions,
    grants,
    elevate,
    findOrAdd(name: string): PlainUser {
      const known = users.find((user) => user.name === name);
      if (known) return known;
      const user: PlainUser = {
        id: crypto.randomUUID(),
        name,
        acknowledgement: null,
        devices: [],
        passkeys: [],
        codes: [],
        wrongCodes: 0,
      };
      users.push(user);
      return user;
    },
    /** A VerifyResponse: the bearer token is the minified one, which the other is not. */
    verified(session: PlainSession, { createMfaToken, requestedScopes = [] }: PlainAsk = {}) {
      const expiresAt = Math.floor(Date.now() / 1000) + SESSION_S;
      const claims = { sub: session.user.id, scope: scopeOf(session), exp: expiresAt };
      const minifiedJwt = toJwt(claims);
      sessions.set(minifiedJwt, session);
      const mfaToken = `${crypto.randomUUID()}.${crypto.randomUUID()}`;
      if (createMfaToken) grants.set(mfaToken, { scopes: [], singleUse: createMfaToken.singleUse });
      return {
        user: describeUser(session),
        expiresAt,
        jwt: toJwt({ ...claims, verified_credentials: [], first_visit: '2026-01-01' }),
        minifiedJwt,
        ...(createMfaToken && { mfaToken }),
        elevatedAccessToken: requestedScopes.length > 0 ? elevate(requestedScopes) : null,
        somethingElse: true,
      };
    },
    /** Whether one of the two tokens is a proof for this scope; what counts once is used by it. */
    takeProof(headers: Headers, scope: string): boolean {
      const mfaToken = headers.get('x-mfa-auth-token') ?? '';
      const elevated = headers.get('x-dyn-elevated-access-token') ?? '';
      const mfa = grants.get(mfaToken);
      if (mfa?.singleUse) grants.delete(mfaToken);
      return mfa?.scopes.length === 0 || (grants.get(elevated)?.scopes.includes(scope) ?? false);
    },
  };
};

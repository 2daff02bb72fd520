/** The answers several routes share: the user as the wire carries it, and what every proof answers. */
import type { MFADevice } from '../wire/devices.js';
import type { RegisterPasskeyResponse, UserPasskey } from '../wire/passkeys.js';
import type { MfaBackupCodeAcknowledgement, SdkUser } from '../wire/session.js';
import { newJti } from './accessTokens.js';
import { answer, type Call, type Reply } from './call.js';
import { clearedCookie, sessionCookie } from './cookies.js';
import { accessTokenMs, type MfaPolicy } from './policy.js';
import type { PasskeyRecord, SessionRecord, TotpDeviceRecord, UserRecord } from './store/records.js';

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** The user of a session (contract §7.2). */
export const describeUser = (user: UserRecord, session: SessionRecord): SdkUser => ({
  id: user.id,
  projectEnvironmentId: user.environmentId,
  verifiedCredentials: [
    user.email === null
      ? { id: user.id, format: 'externalUser', signInEnabled: true, public_identifier: user.id }
      : { id: user.id, format: 'email', signInEnabled: true, email: user.email, public_identifier: user.email },
  ],
  lastVerifiedCredentialId: user.id,
  scope: session.scope,
  sessionId: session.sid,
  mfaBackupCodeAcknowledgement: user.acknowledgement as MfaBackupCodeAcknowledgement | null,
  ...(user.email !== null && { email: user.email }),
  ...(user.firstName !== null && { firstName: user.firstName }),
  ...(user.lastName !== null && { lastName: user.lastName }),
  ...(user.alias !== null && { alias: user.alias }),
  missingFields: [],
  newUser: user.createdAt === user.lastSeenAt,
  firstVisit: iso(user.createdAt),
  lastVisit: iso(user.lastSeenAt),
});

/** A device as the wire carries it. A session that waits for its second factor is not told what its owner calls it. */
export const describeDevice = (device: TotpDeviceRecord, showsAlias: boolean): MFADevice => ({
  id: device.id,
  type: 'totp',
  verified: device.state === 'verified',
  createdAt: iso(device.createdAt),
  verifiedAt: isoOrNull(device.verifiedAt),
  default: device.isDefault,
  ...(showsAlias && device.alias !== null && { alias: device.alias }),
  lastUsedAt: isoOrNull(device.lastUsedAt),
});

/** A passkey as the wire carries it. A session that waits for its second factor is told its kind and its dates alone. */
export const describePasskey = (passkey: PasskeyRecord, showsDetails: boolean): UserPasskey => ({
  id: passkey.id,
  credentialId: passkey.credentialId,
  createdAt: iso(passkey.createdAt),
  updatedAt: iso(passkey.updatedAt),
  lastUsedAt: isoOrNull(passkey.lastUsedAt),
  isSynced: passkey.isBackedUp,
  ...(showsDetails && {
    ...(passkey.alias !== null && { alias: passkey.alias }),
    ...(passkey.userAgent !== null && { userAgent: passkey.userAgent }),
    origin: passkey.origin,
    aaguid: passkey.aaguid,
  }),
});

/** What an answer about a session may carry besides. */
export type SessionExtra = Partial<RegisterPasskeyResponse> & { nextView?: string };

/** An access token for a session, and when it ends: whole seconds, never past the session. */
const issueAccessToken = async (
  call: Call,
  input: { session: SessionRecord; user: UserRecord; policy: MfaPolicy; jti?: string },
): Promise<{ token: string; expiresAt: number }> => {
  const { session, user, policy, jti = newJti() } = input;
  const endsAt = Math.min(call.now + accessTokenMs(policy), session.expiresAt);
  const expiresAt = Math.floor(endsAt / 1000);
  const token = await call.core.accessTokens.sign(session, user, { jti, expiresAt: expiresAt * 1000, now: call.now });
  return { token, expiresAt };
};

/** What every operation answers that proves somebody. In cookie mode the token travels where the page cannot see it. */
export const answerSession = async (
  call: Call,
  input: {
    session: SessionRecord;
    user: UserRecord;
    policy: MfaPolicy;
    jti?: string;
    extra?: SessionExtra;
  },
): Promise<Reply> => {
  const { token, expiresAt } = await issueAccessToken(call, input);
  const body = { user: describeUser(input.user, input.session), expiresAt, ...input.extra };
  if (!call.core.isCookieMode) return answer({ ...body, jwt: token, minifiedJwt: token });
  return { status: 200, body, cookie: sessionCookie(call.core, token, input.session.expiresAt, call.now) };
};

/** Nothing to say, and no session left to say it to. */
export const answerSignedOut = (call: Call): Reply =>
  call.core.isCookieMode ? { status: 204, cookie: clearedCookie(call.core) } : { status: 204 };

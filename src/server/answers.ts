/** The answers several routes share: the user as the wire carries it, and what every proof answers. */
import type { MFADevice } from '../wire/devices.js';
import type { RegisterPasskeyResponse, UserPasskey } from '../wire/passkeys.js';
import type { MfaBackupCodeAcknowledgement, SdkUser, VerifiedCredential } from '../wire/session.js';
import { newJti } from './accessTokens.js';
import { answer, type Call, type Reply } from './call.js';
import { clearedCookie, sessionCookie } from './cookies.js';
import { lastVerified, listCredentials } from './credentials.js';
import { accessTokenMs, type MfaPolicy } from './policy.js';
import type { PasskeyRecord, SessionRecord, TotpDeviceRecord, UserRecord } from './store/records.js';

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

type DescribedUser = SdkUser & { lastVerifiedCredentialId: string };

/** The user of a session (contract §7.2). */
export const describeUser = (
  user: UserRecord,
  session: SessionRecord,
  credentials: readonly VerifiedCredential[],
): DescribedUser => ({
  id: user.id,
  projectEnvironmentId: user.environmentId,
  verifiedCredentials: [...credentials],
  lastVerifiedCredentialId: lastVerified(session, credentials)?.id ?? user.id,
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

/** What the full token says besides, for back ends that look for the person there (contract §7.1). */
const profileOf = (user: SdkUser): Record<string, unknown> => ({
  verified_credentials: user.verifiedCredentials,
  missing_fields: user.missingFields,
  new_user: user.newUser,
  first_visit: user.firstVisit,
  last_visit: user.lastVisit,
  given_name: user.firstName,
  family_name: user.lastName,
  alias: user.alias,
  lists: [],
  metadata: {},
});

/**
 * What every operation answers that proves somebody: in cookie mode with the token where the page cannot see it, else with
 * the one to send and, for back ends, the same with everything in it.
 */
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
  const { core, now } = call;
  const { session, user: record, policy, jti = newJti(), extra } = input;
  const user = describeUser(record, session, await listCredentials(core.store, record.id));
  // Whole seconds, never past the session.
  const expiresAt = Math.floor(Math.min(now + accessTokenMs(policy), session.expiresAt) / 1000);
  const claims = {
    session,
    user: record,
    credentialId: user.lastVerifiedCredentialId,
    jti,
    expiresAt: expiresAt * 1000,
    now,
  };
  const minifiedJwt = await core.accessTokens.sign(claims);
  const body = { user, expiresAt, ...extra };
  if (core.isCookieMode) return { status: 200, body, cookie: sessionCookie(core, minifiedJwt, session.expiresAt, now) };
  return answer({ ...body, jwt: await core.accessTokens.sign({ ...claims, profile: profileOf(user) }), minifiedJwt });
};

/** Nothing to say, and no session left to say it to. */
export const answerSignedOut = (call: Call): Reply =>
  call.core.isCookieMode ? { status: 204, cookie: clearedCookie(call.core) } : { status: 204 };

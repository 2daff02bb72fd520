/** The form of every good answer, for the API document. */
import * as v from 'valibot';
import { type ErrorCode, errorCodes } from '../../wire/errorCodes.js';

const isoDate = v.pipe(v.string(), v.description('ISO 8601'));
const unixMs = v.pipe(v.number(), v.description('Unix milliseconds.'));

export const user = v.object({
  id: v.string(),
  projectEnvironmentId: v.string(),
  verifiedCredentials: v.array(
    v.object({
      id: v.string(),
      format: v.string(),
      signInEnabled: v.boolean(),
      email: v.optional(v.string()),
      public_identifier: v.optional(v.string()),
    }),
  ),
  lastVerifiedCredentialId: v.string(),
  scope: v.pipe(v.string(), v.description('Space-separated.')),
  sessionId: v.string(),
  mfaBackupCodeAcknowledgement: v.nullable(v.picklist(['pending', 'complete'])),
  email: v.optional(v.string()),
  firstName: v.optional(v.string()),
  lastName: v.optional(v.string()),
  alias: v.optional(v.string()),
  missingFields: v.array(v.unknown()),
  newUser: v.boolean(),
  firstVisit: isoDate,
  lastVisit: isoDate,
});

export const verifyResponse = v.object({
  user,
  expiresAt: v.pipe(v.number(), v.description('When the access token ends, unix seconds.')),
  jwt: v.optional(v.pipe(v.string(), v.description('Absent in cookie mode.'))),
  minifiedJwt: v.optional(v.pipe(v.string(), v.description('The token to send. Absent in cookie mode.'))),
  mfaToken: v.optional(v.string()),
  mfaTokens: v.optional(v.pipe(v.array(v.string()), v.description('All of them, where several were asked for.'))),
  elevatedAccessToken: v.optional(v.pipe(v.string(), v.description('A JWT with scope, exp and singleUse.'))),
  recoveryCodesLeft: v.optional(v.number()),
});

export const updateSelfResponse = v.object({ ...verifyResponse.entries, nextView: v.literal('done') });

export const otpVerification = v.object({ verificationUUID: v.string(), email: v.string() });

export const device = v.object({
  id: v.string(),
  type: v.literal('totp'),
  verified: v.boolean(),
  createdAt: isoDate,
  verifiedAt: v.nullable(isoDate),
  default: v.boolean(),
  alias: v.optional(v.string()),
  lastUsedAt: v.nullable(isoDate),
});

export const deviceList = v.object({ count: v.number(), devices: v.array(device) });

const factorState = v.object({ lockedUntil: v.nullable(unixMs), isSuspended: v.boolean() });

export const passkey = v.object({
  id: v.string(),
  credentialId: v.string(),
  createdAt: isoDate,
  updatedAt: isoDate,
  lastUsedAt: v.nullable(isoDate),
  isSynced: v.pipe(v.boolean(), v.description('Whether it is kept on several devices.')),
  alias: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  origin: v.optional(v.string()),
  aaguid: v.optional(v.pipe(v.string(), v.description('Names its maker; zeros when that is not told.'))),
});

export const passkeyList = v.object({ count: v.number(), passkeys: v.array(passkey) });

export const registerPasskeyResponse = v.object({ ...verifyResponse.entries, passkey });

const descriptor = v.object({
  id: v.string(),
  type: v.literal('public-key'),
  transports: v.optional(v.array(v.string())),
});

const challenge = v.pipe(v.string(), v.description('32 bytes, base64url; good for 300 s and one attempt.'));
const userVerification = v.picklist(['required', 'preferred']);
const milliseconds = v.pipe(v.number(), v.description('Milliseconds.'));

export const passkeyRegistrationOptions = v.object({
  challenge,
  rp: v.object({ id: v.string(), name: v.string() }),
  user: v.object({ id: v.string(), name: v.string(), displayName: v.string() }),
  pubKeyCredParams: v.array(v.object({ alg: v.number(), type: v.literal('public-key') })),
  authenticatorSelection: v.looseObject({ userVerification }),
  excludeCredentials: v.array(descriptor),
  attestation: v.literal('none'),
  timeout: milliseconds,
});

export const olderPasskeyRegistration = v.object({
  id: v.string(),
  type: v.literal('passkey'),
  registration: passkeyRegistrationOptions,
});

export const passkeyAuthenticationOptions = v.object({
  challenge,
  rpId: v.string(),
  allowCredentials: v.array(descriptor),
  userVerification,
  timeout: milliseconds,
});

export const methods = v.object({
  devices: v.array(device),
  passkeys: v.array(passkey),
  userHasVerifiedMfaMethods: v.boolean(),
  factors: v.object({ totp: factorState, recovery: v.object({ ...factorState.entries, left: v.number() }) }),
  serverTime: unixMs,
});

export const totpRegistration = v.object({
  id: v.string(),
  type: v.literal('totp'),
  secret: v.pipe(v.string(), v.description('Base32.')),
  uri: v.pipe(v.string(), v.description('otpauth://totp/…')),
  expiresAt: unixMs,
  serverTime: unixMs,
});

export const recoveryCodes = v.object({ count: v.number(), recoveryCodes: v.array(v.string()) });

export const externalVerified = v.object({ elevatedAccessToken: v.nullable(v.string()) });

export const stepUpChecked = v.object({
  isRequired: v.boolean(),
  credentials: v.array(
    v.object({ id: v.string(), format: v.string(), type: v.optional(v.string()), alias: v.optional(v.string()) }),
  ),
  defaultCredentialId: v.optional(v.string()),
});

export const waitingActions = v.object({
  count: v.number(),
  waiting: v.array(
    v.object({
      id: v.string(),
      action: v.string(),
      subject: v.optional(v.string()),
      summary: v.optional(v.string()),
      createdAt: isoDate,
    }),
  ),
});

const empty = v.pipe(v.array(v.unknown()), v.description('Empty: published clients read it.'));
const switchedOff = v.object({ enabled: v.literal(false) });

export const settings = v.looseObject({
  chains: empty,
  kyc: empty,
  networks: empty,
  providers: v.array(v.object({ provider: v.string(), enabledAt: isoDate })),
  design: v.looseObject({}),
  privacy: v.looseObject({}),
  general: v.object({
    displayName: v.string(),
    supportEmail: v.optional(v.string()),
    appLogo: v.optional(v.string()),
  }),
  sdk: v.looseObject({ minApiVersion: v.string(), views: v.array(v.looseObject({ type: v.string() })) }),
  security: v.looseObject({
    jwtDuration: v.object({ amount: v.number(), unit: v.string() }),
    auth: v.object({ storage: v.array(v.picklist(['cookie', 'localstorage'])) }),
    externalAuth: v.looseObject({ enabled: v.boolean() }),
    deviceRegistrationRequired: v.literal(false),
    captcha: switchedOff,
    hCaptcha: switchedOff,
    mfa: v.looseObject({
      enabled: v.boolean(),
      required: v.pipe(v.boolean(), v.description('Whether enrollment is signup or action, for older clients.')),
      enrollment: v.picklist(['none', 'signup', 'action']),
      methods: v.array(v.looseObject({ type: v.string(), enabled: v.boolean() })),
      availableMethods: v.array(v.string()),
      actions: v.array(v.looseObject({ action: v.string(), required: v.boolean() })),
    }),
  }),
});

export const health = v.object({ status: v.picklist(['healthy', 'unhealthy']) });
export const nonce = v.object({ nonce: v.string() });
export const nonces = v.object({ nonces: v.array(v.string()) });
export const keySet = v.object({ keys: v.array(v.looseObject({ kid: v.string(), kty: v.string() })) });
export const anything = v.looseObject({});

export const errorResponse = v.object({
  error: v.string(),
  code: v.picklist(Object.keys(errorCodes) as ErrorCode[]),
  payload: v.optional(v.looseObject({})),
});

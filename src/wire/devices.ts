/**
 * Enrolled factors and recovery codes as they travel (contract §5.2, §5.3).
 */
import { type Example, type ExampleOf, like, refuse } from './parse.js';

export const MFADeviceType = { Totp: 'totp', Passkey: 'passkey', Email: 'email' } as const;
export type MFADeviceType = (typeof MFADeviceType)[keyof typeof MFADeviceType];

/** An enrolled authenticator app. All fields are optional on the wire; our server sends them all but `alias`. */
export interface MFADevice {
  id?: string;
  type?: MFADeviceType;
  verified?: boolean;
  /** ISO 8601 */
  createdAt?: string;
  verifiedAt?: string | null;
  default?: boolean;
  alias?: string;
  /** Ours: when it last proved somebody, ISO 8601. */
  lastUsedAt?: string | null;
}

/** Whether this is an authenticator app in use. Published answers may leave out either field: what they list is one. */
export const isAppInUse = ({ type, verified }: MFADevice): boolean =>
  (type ?? 'totp') === MFADeviceType.Totp && verified !== false;

/** An enrolled passkey. */
export interface UserPasskey {
  id: string;
  credentialId: string;
  /** ISO 8601 */
  createdAt: string;
  /** What its owner calls it. Not told to a session that waits for its second factor, like the next three. */
  alias?: string;
  userAgent?: string;
  origin?: string;
  storage?: { name: string; icon: string; updatedAt?: string };
  updatedAt?: string;
  /** Ours: when it last proved somebody, ISO 8601. */
  lastUsedAt?: string | null;
  /** Ours: names its maker (WebAuthn L3 §6.5.1); all zeros when the maker does not say. */
  aaguid?: string;
  /** Ours: whether it is kept on several devices (backup state, WebAuthn L3 §6.1.3). */
  isSynced?: boolean;
}

export interface DeviceListResponse {
  count: number;
  devices: MFADevice[];
}

/** How a kind of factor stands for this user just now. Ours; absent on other servers. */
export interface FactorState {
  /** No try before this moment, unix milliseconds of the server's clock; null when tries are allowed. */
  lockedUntil: number | null;
  /** Too many wrong codes in all: only another factor lifts it. */
  isSuspended: boolean;
}

export interface MfaMethodsResponse {
  devices: MFADevice[];
  passkeys: UserPasskey[];
  userHasVerifiedMfaMethods: boolean;
  /** Ours. `recovery.left` counts unused codes of the live set. */
  factors?: { totp: FactorState; recovery: FactorState & { left: number } };
  /** Ours: the server's clock when it answered, unix milliseconds, so that a countdown does not trust the device's. */
  serverTime?: number;
}

/** The pending authenticator app. Asking again gives the same one until it is confirmed, cancelled or expires. */
export interface TotpRegistration {
  id: string;
  type: 'totp';
  /** Base32, for typing in. */
  secret: string;
  /** `otpauth://totp/…` for the QR code. */
  uri: string;
  /** Ours: unix milliseconds after which a new one must be begun. */
  expiresAt?: number;
  /** Ours: the server's clock when it answered. */
  serverTime?: number;
}

export interface RecoveryCodesResponse {
  /** While codes are shown, how many; after acknowledgement, how many are left. */
  count: number;
  recoveryCodes: string[];
}

export const passkeyExample: ExampleOf<UserPasskey> = {
  id: '',
  credentialId: '',
  createdAt: '',
  'alias?': '',
  'lastUsedAt?': '',
};

const device: ExampleOf<MFADevice> = {
  'id?': '',
  'createdAt?': '',
  'verifiedAt?': '',
  'alias?': '',
  'lastUsedAt?': '',
};

export const parseMfaDevice = like<MFADevice>(device);

export const parseDeviceList = like<DeviceListResponse>({ count: 0, devices: [device as Example] });

export const parseMethods = like<MfaMethodsResponse>({
  devices: [device as Example],
  passkeys: [passkeyExample as Example],
  userHasVerifiedMfaMethods: false,
  'factors?': {
    totp: { 'lockedUntil?': 0 },
    recovery: { 'lockedUntil?': 0, left: 0 },
  },
  'serverTime?': 0,
});

const readRegistration = like<TotpRegistration>({ id: '', secret: '', uri: '', 'expiresAt?': 0, 'serverTime?': 0 });

export const parseTotpRegistration = (value: unknown): TotpRegistration => {
  const registration = readRegistration(value);
  // Only what an authenticator app reads: any other scheme, drawn or opened, would lead somewhere else.
  return /^otpauth:\/\/totp\/[\x21-\x7e]+$/.test(registration.uri) ? registration : refuse();
};

export const parseRecoveryCodes = like<RecoveryCodesResponse>({ count: 0, recoveryCodes: [''] });

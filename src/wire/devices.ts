/**
 * Enrolled factors and recovery codes as they travel (contract §5.2, §5.3).
 */
import { arrayOf, booleanOr, number, optionalNumber, optionalString, record, refuse, string } from './parse.js';

export const MFADeviceType = { Totp: 'totp', Passkey: 'passkey', Email: 'email' } as const;
export type MFADeviceType = (typeof MFADeviceType)[keyof typeof MFADeviceType];

export const MfaBackupCodeAcknowledgement = { Pending: 'pending', Complete: 'complete' } as const;
export type MfaBackupCodeAcknowledgement =
  (typeof MfaBackupCodeAcknowledgement)[keyof typeof MfaBackupCodeAcknowledgement];

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

export interface UserPasskey {
  id: string;
  credentialId: string;
  createdAt: string;
  alias?: string;
  userAgent?: string;
  origin?: string;
  updatedAt?: string;
  storage?: { name: string; icon: string; updatedAt?: string };
  lastUsedAt?: string | null;
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

const parseDevice = (value: unknown): MFADevice => {
  const from = record(value);
  return {
    id: optionalString(from.id),
    type: optionalString(from.type) as MFADeviceType | undefined,
    verified: booleanOr(from.verified, false),
    createdAt: optionalString(from.createdAt),
    verifiedAt: optionalString(from.verifiedAt) ?? null,
    default: booleanOr(from.default, false),
    alias: optionalString(from.alias),
    lastUsedAt: optionalString(from.lastUsedAt) ?? null,
  };
};

const parsePasskey = (value: unknown): UserPasskey => {
  const from = record(value);
  return {
    ...(from as Partial<UserPasskey>),
    id: string(from.id),
    credentialId: string(from.credentialId),
    createdAt: string(from.createdAt),
  };
};

const parseFactor = (value: unknown): FactorState => {
  const from = record(value);
  return { lockedUntil: optionalNumber(from.lockedUntil) ?? null, isSuspended: booleanOr(from.isSuspended, false) };
};

export const parseMfaDevice = parseDevice;

export const parseDeviceList = (value: unknown): DeviceListResponse => {
  const devices = arrayOf(record(value).devices, parseDevice);
  return { count: devices.length, devices };
};

export const parseMethods = (value: unknown): MfaMethodsResponse => {
  const from = record(value);
  const factors = from.factors === undefined ? undefined : record(from.factors);
  return {
    devices: arrayOf(from.devices, parseDevice),
    passkeys: arrayOf(from.passkeys, parsePasskey),
    userHasVerifiedMfaMethods: booleanOr(from.userHasVerifiedMfaMethods, false),
    factors: factors && {
      totp: parseFactor(factors.totp),
      recovery: { ...parseFactor(factors.recovery), left: number(record(factors.recovery).left) },
    },
    serverTime: optionalNumber(from.serverTime),
  };
};

/** Only what an authenticator app reads: any other scheme, drawn or opened, would lead somewhere else. */
const parseTotpUri = (value: unknown): string => {
  const uri = string(value);
  return /^otpauth:\/\/totp\/[\x21-\x7e]+$/.test(uri) ? uri : refuse('an otpauth://totp/ URI');
};

export const parseTotpRegistration = (value: unknown): TotpRegistration => {
  const from = record(value);
  return {
    id: string(from.id),
    type: 'totp',
    secret: string(from.secret),
    uri: parseTotpUri(from.uri),
    expiresAt: optionalNumber(from.expiresAt),
    serverTime: optionalNumber(from.serverTime),
  };
};

export const parseRecoveryCodes = (value: unknown): RecoveryCodesResponse => {
  const from = record(value);
  return { count: number(from.count), recoveryCodes: arrayOf(from.recoveryCodes, string) };
};

/**
 * What the client reads of an environment's policy (contract §6).
 */
import type { ActionName } from './actions.js';
import type { MFADeviceType } from './devices.js';
import { arrayOf, booleanOr, optionalString, record } from './parse.js';

export const MfaEnrollment = { None: 'none', Signup: 'signup', Action: 'action' } as const;
export type MfaEnrollment = (typeof MfaEnrollment)[keyof typeof MfaEnrollment];

export interface MfaMethodSetting {
  type: MFADeviceType;
  enabled: boolean;
  allowBackupCodes?: boolean | null;
}

export interface MfaActionSetting {
  action: ActionName;
  required: boolean;
  tokenBehavior?: 'single_use' | 'time_bound';
  tokenExpirySeconds?: number;
}

export interface MfaSettings {
  /** Session-based enforcement. */
  enabled: boolean;
  enrollment: MfaEnrollment;
  /** Derived, for published readers: true when `enrollment` is `signup` or `action`. */
  required: boolean;
  methods: MfaMethodSetting[];
  actions: MfaActionSetting[];
}

export interface ProjectSettings {
  general: { displayName?: string; supportEmail?: string; appLogo?: string };
  security: { mfa: MfaSettings };
}

export const parseSettings = (value: unknown): ProjectSettings => {
  const from = record(value);
  const general = record(from.general ?? {});
  const mfa = record(record(from.security ?? {}).mfa ?? {});
  const required = booleanOr(mfa.required, false);
  return {
    general: {
      displayName: optionalString(general.displayName),
      supportEmail: optionalString(general.supportEmail),
      appLogo: optionalString(general.appLogo),
    },
    security: {
      mfa: {
        enabled: booleanOr(mfa.enabled, false),
        enrollment: (optionalString(mfa.enrollment) as MfaEnrollment | undefined) ?? (required ? 'signup' : 'none'),
        required,
        methods: arrayOf(mfa.methods ?? [], (item) => record(item) as unknown as MfaMethodSetting),
        actions: arrayOf(mfa.actions ?? [], (item) => record(item) as unknown as MfaActionSetting),
      },
    },
  };
};

/**
 * What the client reads of an environment's policy (contract §6).
 */
import type { ActionName } from './actions.js';
import type { MFADeviceType } from './devices.js';
import { like } from './parse.js';

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

interface Received {
  general?: ProjectSettings['general'];
  security?: { mfa?: Partial<MfaSettings> };
}

const readSettings = like<Received>({
  'general?': { 'displayName?': '', 'supportEmail?': '', 'appLogo?': '' },
  'security?': {
    'mfa?': {
      'enabled?': false,
      'enrollment?': '',
      'required?': false,
      'methods?': [{ type: '', enabled: false }],
      'actions?': [{ action: '', required: false }],
    },
  },
});

/** Published documents leave out what is off. */
export const parseSettings = (value: unknown): ProjectSettings => {
  const { general = {}, security: { mfa = {} } = {} } = readSettings(value);
  const { enabled = false, required = false, methods = [], actions = [] } = mfa;
  const { enrollment = required ? 'signup' : 'none' } = mfa;
  return { general, security: { mfa: { enabled, enrollment, required, methods, actions } } };
};

/**
 * What the client reads of an environment's policy (contract §6).
 */
import type { ActionLevel, ActionName, TokenBehavior } from './actions.js';
import type { MFADeviceType } from './devices.js';
import { like } from './parse.js';

export const MfaEnrollment = { None: 'none', Signup: 'signup', Action: 'action' } as const;
export type MfaEnrollment = (typeof MfaEnrollment)[keyof typeof MfaEnrollment];

export interface MfaMethodSetting {
  type: MFADeviceType;
  enabled: boolean;
  allowBackupCodes?: boolean | null;
}

/** What is asked for an action. Our server's settings say everything; published documents leave out what is usual. */
export interface MfaActionSetting {
  action: ActionName;
  required: boolean;
  /** Unless set, `single_use` for `wallet.…` actions and `time_bound` for any other. */
  tokenBehavior?: TokenBehavior;
  /** How long a proof counts. Unless set, 120 when it counts once (300 as an elevated access token), else 600. */
  tokenExpirySeconds?: number;
  /** Ours: the weakest proof that is enough. Unless set, `factor` for export, reshare and changing factors, else `recovery`. */
  minLevel?: ActionLevel;
  /** Ours: `strict` takes no token that was not asked for with this action. `open` unless set. */
  binding?: 'strict' | 'open';
  /** Ours: the scope of an elevated access token that is as good as an MFA token here. */
  scope?: string;
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
      'enrollment?': '',
      'methods?': [{ type: '', enabled: false }],
      'actions?': [
        {
          action: '',
          required: false,
          'tokenExpirySeconds?': 0,
          'minLevel?': '',
          'scope?': '',
        },
      ],
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

/** Where a document names no methods at all, another server decides about each when it is tried. */
const unnamed: readonly MfaMethodSetting[] = [
  { type: 'totp', enabled: true },
  { type: 'passkey', enabled: true },
];

/** The methods that can be offered. */
export const offeredMethods = ({ security }: ProjectSettings): readonly MfaMethodSetting[] =>
  security.mfa.methods.length > 0 ? security.mfa.methods.filter(({ enabled }) => enabled) : unnamed;

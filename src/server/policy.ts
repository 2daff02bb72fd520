/** What an environment demands: the policy's form, its defaults, and what follows from it for a user. */
import * as v from 'valibot';
import { MFADeviceType } from '../wire/devices.js';
import { JwtScope } from '../wire/scopes.js';
import { MfaEnrollment } from '../wire/settings.js';
import type { StoreReads } from './store/Store.js';

export const policySchema = v.object({
  /** Session-based enforcement: whoever has a verified factor is asked for it after signing in. */
  enabled: v.boolean(),
  /** Who must enrol: nobody, everybody at sign-up, or whoever does a protected action. */
  enrollment: v.enum(MfaEnrollment),
  /** Which factors may be enrolled. A factor enrolled before its method was switched off is still asked for. */
  methods: v.array(
    v.object({
      type: v.enum(MFADeviceType),
      enabled: v.boolean(),
      allowBackupCodes: v.optional(v.nullable(v.boolean())),
    }),
  ),
  actions: v.array(
    v.object({
      action: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
      required: v.boolean(),
      tokenBehavior: v.optional(v.picklist(['single_use', 'time_bound'])),
      tokenExpirySeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600))),
    }),
  ),
  /** How long an access token is good for before it must be refreshed. 10 minutes unless set. */
  jwtDuration: v.optional(
    v.object({
      amount: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440)),
      unit: v.picklist(['seconds', 'minutes', 'hours']),
    }),
  ),
});

/** What an environment demands of its users. */
export type MfaPolicy = v.InferOutput<typeof policySchema>;

export const defaultPolicy: MfaPolicy = {
  enabled: true,
  enrollment: 'none',
  methods: [{ type: 'totp', enabled: true, allowBackupCodes: true }],
  actions: [],
};

const UNIT_MS = { seconds: 1000, minutes: 60_000, hours: 3_600_000 };

export const accessTokenMs = (policy: MfaPolicy): number => {
  const { amount, unit } = policy.jwtDuration ?? { amount: 10, unit: 'minutes' };
  return amount * UNIT_MS[unit];
};

export const isMethodEnabled = (policy: MfaPolicy, type: MFADeviceType): boolean =>
  policy.methods.some((method) => method.type === type && method.enabled);

/** Recovery codes are on unless every enabled method says otherwise. */
export const allowsRecoveryCodes = (policy: MfaPolicy): boolean =>
  policy.methods.some((method) => method.enabled && method.allowBackupCodes !== false);

/** A policy that locks everybody out is refused before it is kept. Gives the field at fault, or null. */
export const findPolicyFault = (policy: MfaPolicy): string | null =>
  // The one method this server enrols: who must have a factor could get no other.
  policy.enrollment !== 'none' && !isMethodEnabled(policy, 'totp') ? 'methods' : null;

/** The scope a session starts with once its first factor is proven. */
export const firstScope = async (policy: MfaPolicy, store: StoreReads, userId: string): Promise<string> => {
  // A user with a verified factor is challenged also where enrolling is optional: the first factor is never the second.
  const mustProve = policy.enabled || policy.enrollment === 'signup';
  if (!mustProve) return JwtScope.Userbasic;
  if (await store.hasVerifiedFactor(userId))
    return policy.enabled ? JwtScope.RequiresAdditionalAuth : JwtScope.Userbasic;
  return policy.enrollment === 'signup' ? JwtScope.RequiresAdditionalAuth : JwtScope.Userbasic;
};

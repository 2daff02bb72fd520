/** What an environment demands: the policy's form, its defaults, and what follows from it for a user. */
import * as v from 'valibot';
import { ActionLevel } from '../wire/actions.js';
import { MFADeviceType } from '../wire/devices.js';
import { JwtScope } from '../wire/scopes.js';
import { MfaEnrollment } from '../wire/settings.js';
import type { StoreReads } from './store/Store.js';

/** RFC 6749 §3.3. */
export const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

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
  /** Protected actions. One that is not listed is protected as well where a route of yours asks for it. */
  actions: v.array(
    v.object({
      action: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
      required: v.boolean(),
      /** Unless set, a proof counts once for `wallet.…` actions, and for a while for any other. */
      tokenBehavior: v.optional(v.picklist(['single_use', 'time_bound'])),
      /** How long: 120 s at most where it counts once, and that unless set; else 600 s unless set. */
      tokenExpirySeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600))),
      /** The weakest proof that is enough: `factor` for export, reshare and changing factors, else `recovery`, unless set. */
      minLevel: v.optional(v.enum(ActionLevel)),
      /** `strict` takes no token that was asked for without naming this action. `open` unless set. */
      binding: v.optional(v.picklist(['strict', 'open'])),
      /** Which elevated access tokens are as good as an MFA token; the published actions have their published scopes. */
      scope: v.optional(v.pipe(v.string(), v.maxLength(100), v.regex(scopeToken))),
    }),
  ),
  passkeys: v.optional(
    v.object({
      /**
       * `required` unless set: the authenticator must verify the person. Under `preferred`, security keys that only check
       * for a touch count as a second factor, and never for signing in.
       */
      userVerification: v.optional(v.picklist(['required', 'preferred'])),
      /** Whether signing in with a passkey counts for both factors, as it does unless set, or for the first alone. */
      signIn: v.optional(v.picklist(['both_factors', 'first_factor'])),
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
  methods: [
    { type: 'passkey', enabled: true, allowBackupCodes: true },
    { type: 'totp', enabled: true, allowBackupCodes: true },
  ],
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

/** A policy that locks everybody out, or says two things, is refused before it is kept. */
export const findPolicyFault = (policy: MfaPolicy): { field: string; fault: string } | null => {
  // The methods this server enrols: who must have a factor could get no other.
  if (policy.enrollment !== 'none' && !isMethodEnabled(policy, 'totp') && !isMethodEnabled(policy, 'passkey')) {
    return {
      field: 'methods',
      fault: 'switches off both methods there are to enrol, passkey and totp, so that nobody could enrol.',
    };
  }
  const names = policy.actions.map(({ action }) => action);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined ? null : { field: 'actions', fault: `lists ${JSON.stringify(twice)} twice.` };
};

/** What the policy says of passkeys, said or not. */
export const passkeyRules = ({ passkeys = {} }: MfaPolicy) => ({
  userVerification: passkeys.userVerification ?? 'required',
  signIn: passkeys.signIn ?? 'both_factors',
});

/** The scope a session starts with once its first factor is proven. */
export const firstScope = async (policy: MfaPolicy, store: StoreReads, userId: string): Promise<string> => {
  // A user with a verified factor is challenged also where enrolling is optional: the first factor is never the second.
  const mustProve = policy.enabled || policy.enrollment === 'signup';
  if (!mustProve) return JwtScope.Userbasic;
  if (await store.hasVerifiedFactor(userId))
    return policy.enabled ? JwtScope.RequiresAdditionalAuth : JwtScope.Userbasic;
  return policy.enrollment === 'signup' ? JwtScope.RequiresAdditionalAuth : JwtScope.Userbasic;
};

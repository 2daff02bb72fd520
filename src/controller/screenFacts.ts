/**
 * What the transitions depend on, read from the policy, the person's methods and the session.
 */
import type { FactorState, MFADevice, MfaMethodsResponse } from '../wire/devices.js';
import type { ProjectSettings } from '../wire/settings.js';
import type { Lock, Method, PromptRequest, ScreenFacts } from './screens.js';

export interface FactParts {
  settings: ProjectSettings;
  methods: MfaMethodsResponse;
  /** When `methods` arrived, unix milliseconds of this device's clock. */
  methodsReadAt: number;
  isSessionWaiting: boolean;
  isAcknowledgementPending: boolean;
  request: PromptRequest;
  /** Unix milliseconds of this device's clock. */
  now: number;
}

/** Methods this interface can carry out, strongest first. */
const supported = ['totp'] as const satisfies readonly Method[];

/** Most recently used first; never used counts as used at the beginning of time. */
const byUse = (a: MFADevice, b: MFADevice): number =>
  Date.parse(b.lastUsedAt ?? '1970') - Date.parse(a.lastUsedAt ?? '1970') || Number(b.default) - Number(a.default);

/** A lock by this device's clock: the server's moment, moved by the difference of the clocks when it was told. */
const lockOf = (method: Method, state: FactorState | undefined, clockOffset: number, now: number): Lock[] => {
  if (!state) return [];
  if (state.isSuspended) return [{ method, lockedUntil: null }];
  if (state.lockedUntil === null) return [];
  const lockedUntil = state.lockedUntil + clockOffset;
  return lockedUntil > now ? [{ method, lockedUntil }] : [];
};

export const screenFacts = (parts: FactParts): ScreenFacts => {
  const { settings, methods, methodsReadAt, isSessionWaiting, isAcknowledgementPending, request, now } = parts;
  const enabled = settings.security.mfa.methods.filter((method) => method.enabled);
  const factors = supported.filter((method) => enabled.some(({ type }) => type === method));
  const hasRecovery = enabled.some(({ allowBackupCodes }) => allowBackupCodes !== false);
  const enrolled: Method[] = [];
  for (const { type } of methods.devices.filter(({ verified }) => verified).sort(byUse)) {
    const method = factors.find((factor) => factor === type);
    if (method && !enrolled.includes(method)) enrolled.push(method);
  }
  // Another server does not say how many codes are left: then saved ones count as being there.
  const codesLeft =
    methods.factors?.recovery.left ?? Number(methods.userHasVerifiedMfaMethods && !isAcknowledgementPending);
  if (hasRecovery && codesLeft > 0) enrolled.push('recovery');
  const clockOffset = methods.serverTime === undefined ? 0 : methodsReadAt - methods.serverTime;
  return {
    allowed: hasRecovery ? [...factors, 'recovery'] : factors,
    enrolled,
    locks: [
      ...lockOf('totp', methods.factors?.totp, clockOffset, now),
      ...lockOf('recovery', methods.factors?.recovery, clockOffset, now),
    ],
    isSessionWaiting,
    isAcknowledgementPending,
    request,
  };
};

/**
 * What the transitions depend on, read from the policy, the person's methods and the session.
 */
import type { ActionLevel } from '../wire/actions.js';
import { type FactorState, isAppInUse, type MfaMethodsResponse } from '../wire/devices.js';
import { offeredMethods, type ProjectSettings } from '../wire/settings.js';
import type { Lock, Method, PromptRequest, ScreenFacts } from './screens.js';
import { isAtLeast } from './ways.js';

export interface FactParts {
  settings: ProjectSettings;
  methods: MfaMethodsResponse;
  /** When `methods` arrived, unix milliseconds of this device's clock. */
  methodsReadAt: number;
  isSessionWaiting: boolean;
  isAcknowledgementPending: boolean;
  /** Whether this browser can use passkeys on this page. */
  canUsePasskeys: boolean;
  request: PromptRequest;
  /** Unix milliseconds of this device's clock. */
  now: number;
}

/** Methods this interface can carry out, strongest first. */
const supported = ['passkey', 'totp'] as const satisfies readonly Method[];

/** An app or a passkey, as far as it matters for which method comes first. */
interface Use {
  method: (typeof supported)[number];
  lastUsedAt?: string | null | undefined;
  isDefault?: boolean | undefined;
}

const usesOf = ({ devices, passkeys }: MfaMethodsResponse): Use[] => [
  ...passkeys.map(({ lastUsedAt }): Use => ({ method: 'passkey', lastUsedAt })),
  ...devices
    .filter(isAppInUse)
    .map((device): Use => ({ method: 'totp', lastUsedAt: device.lastUsedAt, isDefault: device.default })),
];

/** Never used counts as used at the beginning of time. */
const usedAt = ({ lastUsedAt }: Use): number => Date.parse(lastUsedAt ?? '1970');

/** Most recently used first, then the default, then the strongest. */
const byUse = (a: Use, b: Use): number =>
  usedAt(b) - usedAt(a) ||
  Number(b.isDefault ?? false) - Number(a.isDefault ?? false) ||
  supported.indexOf(a.method) - supported.indexOf(b.method);

/** A lock by this device's clock: the server's moment, moved by the difference of the clocks when it was told. */
const lockOf = (method: Method, state: FactorState | undefined, clockOffset: number, now: number): Lock[] => {
  if (!state) return [];
  if (state.isSuspended) return [{ method, lockedUntil: null }];
  if (state.lockedUntil === null) return [];
  const lockedUntil = state.lockedUntil + clockOffset;
  return lockedUntil > now ? [{ method, lockedUntil }] : [];
};

/** What the policy says by now counts as well as what was said when it was asked for: it may have become stricter. */
const minLevelOf = ({ action, minLevel = 'recovery' }: PromptRequest, { security }: ProjectSettings): ActionLevel => {
  const said = security.mfa.actions.find((one) => one.action === action)?.minLevel;
  return said && isAtLeast(said, minLevel) ? said : minLevel;
};

export const screenFacts = (parts: FactParts): ScreenFacts => {
  const { settings, methods, methodsReadAt, isSessionWaiting, isAcknowledgementPending, request, now } = parts;
  const enabled = offeredMethods(settings);
  const factors = supported.filter((method) => enabled.some(({ type }) => type === method));
  const hasRecovery = enabled.some(({ allowBackupCodes }) => allowBackupCodes !== false);
  const used = usesOf(methods).filter(({ method }) => factors.includes(method));
  const enrolled: Method[] = [...new Set(used.sort(byUse).map(({ method }) => method))];
  // Another server does not say how many codes are left: then saved ones count as being there.
  const codesLeft =
    methods.factors?.recovery.left ?? Number(methods.userHasVerifiedMfaMethods && !isAcknowledgementPending);
  if (hasRecovery && codesLeft > 0) enrolled.push('recovery');
  const clockOffset = methods.serverTime === undefined ? 0 : methodsReadAt - methods.serverTime;
  return {
    allowed: hasRecovery ? [...factors, 'recovery'] : factors,
    unsupported: parts.canUsePasskeys ? [] : factors.filter((method) => method === 'passkey'),
    enrolled,
    locks: [
      ...lockOf('totp', methods.factors?.totp, clockOffset, now),
      ...lockOf('recovery', methods.factors?.recovery, clockOffset, now),
    ],
    isSessionWaiting,
    isAcknowledgementPending,
    minLevel: minLevelOf(request, settings),
    request,
  };
};

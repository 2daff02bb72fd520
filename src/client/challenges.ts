// A call that the server answers with "prove it first": the person is asked once, and the same call made once more.
import type { ErrorCode, ErrorPayload } from '../wire/errorCodes.js';
import { toError } from './answer.js';
import { type ClientCore, coreOf, type MfaClient } from './core.js';
import { isMfaError, MfaApiError } from './errors.js';
import { dropRefused, type ProofTokens } from './mfaTokens.js';
import type { MfaApproval, MfaPrompt } from './prompter.js';
import { getProjectSettings } from './settings.js';
import { type MfaProof, spendNamedToken, spendStoredProof, toProof } from './storedProofs.js';

/** What a call is for, as far as that is known before the server says it, and until when somebody waits for it. */
export interface ChallengedCall extends Partial<MfaApproval> {
  signal?: AbortSignal;
}

/** What became of a call: what it gave, or what the server wants to be proven first. */
export type Outcome<T> = { value: T } | { challenge: MfaApiError };

const CHALLENGES = ['insufficient_user_authentication', 'mfa_enrollment_required'] satisfies ErrorCode[];

/** Whether an error is a server's demand for a proof. */
export const isChallenge = (error: unknown): error is MfaApiError =>
  error instanceof MfaApiError && (CHALLENGES as string[]).includes(error.serverCode);

/** The server's demand for a proof, if this response is one. The response can still be read afterwards. */
export const readChallenge = async (response: Response): Promise<MfaApiError | undefined> => {
  if (response.status !== 401 && response.status !== 403) return undefined;
  const error = toError(response, await response.clone().text());
  return isChallenge(error) ? error : undefined;
};

/** Actions whose single-use tokens are about to be handed to who asked for them: nobody else may take them. */
const promised = new WeakMap<ClientCore, string[]>();

const isPromised = (core: ClientCore, action: string): boolean => promised.get(core)?.includes(action) ?? false;

/** A challenge names its action; an application's own server of another make may not. */
const actionOf = ({ payload }: MfaApiError, { action }: ChallengedCall): string | undefined => payload.action ?? action;

/** Whether a proof for it counts once. An enrolment's demand does not say; then the settings do. */
const isSingleUse = (core: ClientCore, action: string, { tokenBehavior }: ErrorPayload): boolean => {
  const setting = core.settingOf?.(action);
  const usual = action.startsWith('wallet.') ? 'single_use' : 'time_bound';
  return (tokenBehavior ?? setting?.tokenBehavior ?? usual) === 'single_use';
};

const promptFor = (
  core: ClientCore,
  action: string,
  { serverCode, payload: asked }: MfaApiError,
  { payload, summary }: ChallengedCall,
): MfaPrompt => {
  const { challengeId, isPayloadBound, minLevel, tokenExpirySeconds } = asked;
  // Before anything is enrolled nobody has said what the proof will be bound to.
  const isBound = isPayloadBound || serverCode === 'mfa_enrollment_required';
  return {
    action,
    payload: isBound ? payload : undefined,
    // Stands for a payload that only the server knows. A known one does not expire.
    challengeId: isPayloadBound && !payload ? challengeId : undefined,
    summary: asked.summary ?? summary,
    minLevel,
    tokenExpirySeconds,
    createMfaToken: { singleUse: isSingleUse(core, action, asked) },
  };
};

const isSome = (tokens: ProofTokens): boolean => Object.keys(tokens).length > 0;

/** Asks the person, and gives what their proof earned. Where nobody can be asked the server's demand is the error. */
const ask = async (
  client: MfaClient | undefined,
  challenge: MfaApiError,
  call: ChallengedCall,
): Promise<ProofTokens> => {
  const core = coreOf(client);
  const action = actionOf(challenge, call);
  if (!core.prompt || action === undefined) throw challenge;
  // It may have changed since it was read: this is the moment when it matters.
  core.settingsFreshUntil = 0;
  if (!challenge.payload.tokenBehavior) await getProjectSettings(client);
  const waiting = [...(promised.get(core) ?? []), action];
  promised.set(core, waiting);
  try {
    const token = await core.prompt(promptFor(core, action, challenge, call), call.signal);
    return token === undefined
      ? spendStoredProof(core, { action, payload: call.payload })
      : spendNamedToken(core, token);
  } finally {
    const left = [...(promised.get(core) ?? [])];
    left.splice(left.indexOf(action), 1);
    promised.set(core, left);
  }
};

/**
 * Makes a call with the stored proof that fits, if its action was named. When the server asks for a proof, a stored one is
 * tried, else the person is asked, and the call is made again: once for each thing the server can ask for, to enrol and to
 * prove. Asked for the same again, its demand is thrown.
 */
export const withProof = async <T>(
  client: MfaClient | undefined,
  call: ChallengedCall,
  run: (proof: MfaProof) => Promise<Outcome<T>>,
): Promise<T> => {
  const core = coreOf(client);
  const storedFor = async (
    action: string | undefined,
    payload: Record<string, unknown> | undefined,
  ): Promise<ProofTokens> => {
    // The settings say which scope stands for an action.
    if (core.tokens.some(({ scopes }) => scopes)) await getProjectSettings(client);
    return action === undefined || isPromised(core, action) ? {} : spendStoredProof(core, { action, payload });
  };
  const asked = new Set<string>();
  let tokens = await storedFor(call.action, call.payload);
  let isStoreTried = isSome(tokens);
  for (;;) {
    const outcome = await run(toProof(tokens));
    if ('value' in outcome) return outcome.value;
    const { challenge } = outcome;
    dropRefused(core, tokens);
    if (!isStoreTried) {
      isStoreTried = true;
      const { isPayloadBound } = challenge.payload;
      // What is bound to a payload that only the server knows has no stored proof.
      if (!isPayloadBound || call.payload) {
        tokens = await storedFor(actionOf(challenge, call), isPayloadBound ? call.payload : undefined);
        if (isSome(tokens)) continue;
      }
    }
    if (asked.has(challenge.serverCode)) throw challenge;
    asked.add(challenge.serverCode);
    try {
      tokens = await ask(client, challenge, call);
    } catch (error) {
      // The person took longer than the challenge lasts: the server is asked for another, once.
      if (!isMfaError(error, 'mfa_challenge_expired') || asked.has('mfa_challenge_expired')) throw error;
      asked.delete(challenge.serverCode);
      asked.add('mfa_challenge_expired');
      tokens = {};
    }
  }
};

// The groups of members of the object form that ask the person.
import type { ActionName, CreateMfaToken } from '../wire/actions.js';
import type { TokenScope } from '../wire/scopes.js';
import { coreOf, type MfaClient } from './core.js';
import { authenticateTotpMfaDevice, getMfaMethods } from './devices.js';
import { MfaError, UserNotAuthenticatedError } from './errors.js';
import { authenticatePasskeyMFA } from './passkeyProofs.js';
import type { MfaPrompt } from './prompter.js';
import type { ProofResponse } from './proof.js';
import { authenticateMfaRecoveryCode } from './recoveryCodes.js';
import { sendEmailOTP, type VerifyOtpOptions, verifyOTP } from './signIn.js';
import { checkStepUpAuth } from './stepUp.js';

interface Requested {
  requestedScopes?: TokenScope[];
}

/** Asks the person by whatever interface there is: a mounted provider's, or the one given to `setPrompter`. */
export const createPrompts = (client: MfaClient) => {
  const up = new Set<AbortController>();
  const ask = async (prompt: MfaPrompt): Promise<string | undefined> => {
    if (!client.user) throw new UserNotAuthenticatedError();
    const { prompt: prompter } = coreOf(client);
    if (!prompter) throw new MfaError('not_supported', { message: NO_INTERFACE });
    const controller = new AbortController();
    up.add(controller);
    try {
      return await prompter(prompt, controller.signal);
    } finally {
      up.delete(controller);
    }
  };
  const hide = (): void => {
    for (const controller of up) controller.abort();
  };
  return { ask, hide };
};

const NO_INTERFACE =
  'Nothing can ask: mount a provider with this client, or give setPrompter an interface of your own.';

type Prompts = ReturnType<typeof createPrompts>;

interface PromptOptions extends Requested {
  /** Asks for an MFA token: `true` or `{ singleUse: true }` for one use, `{ singleUse: false }` for up to an hour. */
  createMfaToken?: boolean | CreateMfaToken;
  /** What it is for. */
  mfaAction?: ActionName;
}

const toPrompt = ({ createMfaToken, mfaAction, requestedScopes }: PromptOptions = {}): MfaPrompt => ({
  createMfaToken: createMfaToken === true ? { singleUse: true } : createMfaToken || undefined,
  action: mfaAction,
  requestedScopes,
});

export const uiOf = ({ ask, hide }: Prompts) => ({
  mfa: {
    /** Opens the interface's prompt; gives the MFA token if one was asked for. Rejects with `cancelled` when it is closed. */
    show: (options?: PromptOptions): Promise<string | undefined> => ask(toPrompt(options)),
    /** Closes what this client opened; its promises reject with `cancelled`. */
    hide,
  },
});

export const stepUpAuthOf = (client: MfaClient, { ask }: Prompts) => ({
  /** Asks for a proof: by a second factor where one is enrolled, else by the first factor again. */
  async promptStepUpAuth(options?: PromptOptions): Promise<string | undefined> {
    const { userHasVerifiedMfaMethods } = await getMfaMethods(client);
    return ask({ ...toPrompt(options), isReauthentication: !userHasVerifiedMfaMethods });
  },
  /** Asks for a second factor. */
  promptMfa: (options?: PromptOptions): Promise<string | undefined> => ask(toPrompt(options)),
  /** Asks for the first factor again. */
  promptReauthenticate: (options?: Requested): Promise<string | undefined> =>
    ask({ ...options, isReauthentication: true }),
  /** Whether this scope asks for a fresh proof, and what the person can give it with. */
  checkStepUpAuth: (options: { scope: TokenScope }) => checkStepUpAuth(options, client),
  /** Whether this scope asks for a fresh proof. Not being able to find out counts as yes. */
  isStepUpRequired: async (options: { scope: TokenScope }): Promise<boolean> =>
    (await checkStepUpAuth(options, client)).isRequired,
  verifyTotpMfa: (options: Requested & { code: string; deviceId?: string }): Promise<ProofResponse> =>
    authenticateTotpMfaDevice(options, client),
  verifyPasskeyMfa: (options?: Requested): Promise<ProofResponse> => authenticatePasskeyMFA(options, client),
  verifyRecoveryCode: (options: Requested & { code: string }): Promise<ProofResponse> =>
    authenticateMfaRecoveryCode(options, client),
  /** Sends a six-digit code to the person's own address. */
  async sendOtp() {
    const { user } = client;
    if (!user) throw new UserNotAuthenticatedError();
    if (!user.email) throw new MfaError('not_supported', { message: 'This person has no e-mail address.' });
    return sendEmailOTP({ email: user.email }, client);
  },
  /** Proves the first factor again with the code that was sent. */
  verifyOtp: (options: VerifyOtpOptions): Promise<ProofResponse> => verifyOTP(options, client),
  /** Not offered: rejects with `not_supported`. */
  async verifyWallet(_options?: unknown): Promise<never> {
    throw new MfaError('not_supported', { message: 'Wallets are not this kit\u2019s business.' });
  },
});

import type { MfaClient } from '../client/core.js';
import { authenticateTotpMfaDevice, getMfaMethods } from '../client/devices.js';
import { MfaError, UserNotAuthenticatedError } from '../client/errors.js';
import { authenticatePasskeyMFA } from '../client/passkeyProofs.js';
import type { ProofResponse } from '../client/proof.js';
import { authenticateMfaRecoveryCode } from '../client/recoveryCodes.js';
import { sendEmailOTP, verifyOTP } from '../client/signIn.js';
import { checkStepUpAuth } from '../client/stepUp.js';
import type { ModalController } from '../controller/createModalController.js';
import { emailToProve } from '../wire/credentials.js';
import type { TokenScope } from '../wire/scopes.js';
import type { OtpVerification } from '../wire/session.js';
import type { StepUpCheckResponse } from '../wire/stepUp.js';
import { type PromptMfaAuth, type PromptMfaAuthParameters, promptOn } from './usePromptMfaAuth.js';

/** How far a re-authentication by e-mail code has come. */
export interface StepUpState {
  /** Always false: no captcha is asked for. */
  readonly captchaRequired: boolean;
  /** The code of what went wrong last, such as `wrong_email_verification_token`. */
  readonly error: string | null;
  readonly isLoading: boolean;
  /** The code that was sent and is awaited. */
  readonly otpVerification: OtpVerification | null;
}

interface Requested {
  requestedScopes?: TokenScope[];
}

/** What is asked about. */
export interface IsStepUpRequiredParams {
  scope: TokenScope;
}

export interface StepUpOperations {
  /** Whether this scope asks for a fresh proof. Not being able to find out counts as yes. */
  isStepUpRequired: (parameters: IsStepUpRequiredParams) => Promise<boolean>;
  /** The same, and what the person can give it with. */
  checkStepUpAuth: (parameters: IsStepUpRequiredParams) => Promise<StepUpCheckResponse>;
  /** Asks for a proof: by a second factor where one is enrolled, else by the first factor again. */
  promptStepUpAuth: PromptMfaAuth;
  /** Asks for a second factor, as {@link usePromptMfaAuth}. */
  promptMfa: PromptMfaAuth;
  /** Asks for the first factor again. */
  promptReauthenticate: PromptMfaAuth;
  /** Sends a six-digit code to the person's own address. Gives null, and `state.error`, when that fails. */
  sendOtp: (parameters?: { credentialId?: string }) => Promise<OtpVerification | null>;
  /** No captcha is asked for: rejects with `not_supported`. */
  submitCaptchaToken: (token: string) => Promise<OtpVerification | null>;
  /** Proves the first factor again with the code that was sent. Gives null, and `state.error`, when that fails. */
  verifyOtp: (parameters: Requested & { verificationToken: string }) => Promise<ProofResponse | null>;
  /** Proves the person with six digits of their app. Rejects as `authenticateTotpMfaDevice`. */
  verifyTotpMfa: (parameters: Requested & { code: string; deviceId?: string }) => Promise<ProofResponse | null>;
  /** Proves the person with a recovery code. Rejects as `authenticateMfaRecoveryCode`. */
  verifyRecoveryCode: (parameters: Requested & { code: string }) => Promise<ProofResponse | null>;
  /** Proves the person with a passkey. Rejects as `authenticatePasskeyMFA`. */
  verifyPasskeyMfa: (parameters?: Requested) => Promise<ProofResponse | null>;
  /** Not offered: rejects with `not_supported`. */
  verifySocial: (parameters: unknown) => Promise<void>;
  /** Not offered: rejects with `not_supported`. */
  verifyWallet: (parameters?: unknown) => Promise<void>;
  /** Forgets what was sent and what went wrong. */
  resetState: () => void;
}

/** @internal The operations and the state of one component. */
export interface StepUp {
  operations: StepUpOperations;
  subscribe: (listener: () => void) => () => void;
  getState: () => StepUpState;
}

export const initialState: StepUpState = {
  captchaRequired: false,
  error: null,
  isLoading: false,
  otpVerification: null,
};

const notSupported = async (what: string): Promise<never> => {
  throw new MfaError('not_supported', { message: `${what} is not offered by this kit.` });
};

const emailOf = ({ user }: MfaClient, credentialId: string | undefined): string => {
  if (!user) throw new UserNotAuthenticatedError();
  const email = emailToProve(user, credentialId);
  if (!email) {
    throw new MfaError('not_supported', { message: 'This person does not sign in by e-mail: no code can be sent.' });
  }
  return email;
};

/** @internal */
export const createStepUp = (client: MfaClient, controller: ModalController, credentialId?: string): StepUp => {
  const listeners = new Set<() => void>();
  let state = initialState;
  const set = (change: Partial<StepUpState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  /** As published: what fails is told by the state. */
  const telling = async <T extends object>(run: () => Promise<T>, after: (answer: T) => Partial<StepUpState>) => {
    set({ isLoading: true, error: null });
    try {
      const answer = await run();
      set({ isLoading: false, ...after(answer) });
      return answer;
    } catch (error) {
      set({ isLoading: false, error: error instanceof MfaError ? (error.serverCode ?? error.code) : 'unknown_error' });
      return null;
    }
  };

  const promptMfa = promptOn(client, controller);
  const promptReauthenticate: PromptMfaAuth = async ({ requestedScopes }: PromptMfaAuthParameters = {}) => {
    if (!client.user) throw new UserNotAuthenticatedError();
    return controller.show('Reauthenticate', { requestedScopes });
  };
  const operations: StepUpOperations = {
    isStepUpRequired: async ({ scope }) => (await checkStepUpAuth({ scope }, client)).isRequired,
    checkStepUpAuth: ({ scope }) => checkStepUpAuth({ scope }, client),
    promptStepUpAuth: async (parameters) => {
      const { userHasVerifiedMfaMethods } = await getMfaMethods(client);
      return userHasVerifiedMfaMethods ? promptMfa(parameters) : promptReauthenticate(parameters);
    },
    promptMfa,
    promptReauthenticate,
    sendOtp: ({ credentialId: id = credentialId } = {}) =>
      telling(
        async () => sendEmailOTP({ email: emailOf(client, id) }, client),
        (otpVerification) => ({ otpVerification }),
      ),
    submitCaptchaToken: () => notSupported('A captcha'),
    verifyOtp: ({ verificationToken, requestedScopes }) =>
      telling(
        async () => {
          const { otpVerification } = state;
          if (!otpVerification) throw new MfaError('invalid_email_verification', { message: 'Call sendOtp() first.' });
          return verifyOTP({ otpVerification, verificationToken, requestedScopes }, client);
        },
        () => ({ otpVerification: null }),
      ),
    verifyTotpMfa: (parameters) => authenticateTotpMfaDevice(parameters, client),
    verifyRecoveryCode: (parameters) => authenticateMfaRecoveryCode(parameters, client),
    verifyPasskeyMfa: (parameters = {}) => authenticatePasskeyMFA(parameters, client),
    verifySocial: () => notSupported('A social sign-in'),
    verifyWallet: () => notSupported('A wallet signature'),
    resetState: () => set(initialState),
  };
  return {
    operations,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getState: () => state,
  };
};

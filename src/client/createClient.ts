// The object form of a client: the functions of this door as its members, for programs written that way.
import type { ActionName, CreateMfaToken } from '../wire/actions.js';
import type { MFADevice, MFADeviceType, TotpRegistration } from '../wire/devices.js';
import type { UserPasskey } from '../wire/passkeys.js';
import type { TokenScope } from '../wire/scopes.js';
import type { ExternalVerifyResponse } from '../wire/stepUp.js';
import { type GetMfaTokenOptions, getMfaToken, isMfaRequiredForAction } from './actions.js';
import type { MfaClient } from './core.js';
import { createMfaClient, type MfaClientOptions } from './createMfaClient.js';
import {
  authenticateTotpMfaDevice,
  confirmTotpMfaDevice,
  deleteMfaDevice,
  getMfaDevices,
  registerTotpMfaDevice,
} from './devices.js';
import { MfaError } from './errors.js';
import { mfaFetch } from './mfaFetch.js';
import {
  type AuthenticatePasskeyOptions,
  authenticatePasskeyMFA,
  type RegisterPasskeyOptions,
  registerPasskey,
} from './passkeyProofs.js';
import { deletePasskey, getPasskeys } from './passkeys.js';
import { isPendingRecoveryCodesAcknowledgment } from './predicates.js';
import type { MfaFetchInit } from './prompter.js';
import type { ProofResponse } from './proof.js';
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  createNewMfaRecoveryCodes,
  getMfaRecoveryCodes,
} from './recoveryCodes.js';
import { requestExternalAuthElevatedToken, sendEmailOTP, signInWithExternalJwt, verifyOTP } from './signIn.js';
import { checkStepUpAuth } from './stepUp.js';

interface CodeProof {
  code: string;
  createMfaToken?: CreateMfaToken;
  mfaAction?: ActionName;
}

interface Requested {
  requestedScopes?: TokenScope[];
}

const expectTotp = (type: MFADeviceType = 'totp'): void => {
  if (type === 'totp') return;
  throw new MfaError('not_supported', { message: `Unsupported device type: ${type}; passkeys: client.passkeys` });
};

const mfaOf = (client: MfaClient) => ({
  /** Begins the enrolment of an authenticator app. Rejects with `not_supported` for other types. */
  async addDevice(type?: MFADeviceType): Promise<TotpRegistration> {
    expectTotp(type);
    return registerTotpMfaDevice(client);
  },
  /** Confirms a pending app without moving the session on. */
  async verifyDevice(code: string, type?: MFADeviceType): Promise<MFADevice> {
    expectTotp(type);
    return confirmTotpMfaDevice({ code }, client);
  },
  /** Proves the person with six digits; gives the MFA token if one was asked for. `deviceId` confirms a pending app. */
  authenticateDevice: async (options: CodeProof & { deviceId?: string }): Promise<string | undefined> =>
    (await authenticateTotpMfaDevice(options, client)).mfaToken,
  /** Proves the person with a recovery code, which is then spent. */
  authenticateRecoveryCode: async (options: CodeProof): Promise<string | undefined> =>
    (await authenticateMfaRecoveryCode(options, client)).mfaToken,
  getUserDevices: () => getMfaDevices(client),
  deleteUserDevice: (deviceId: string, mfaAuthToken?: string) => deleteMfaDevice({ deviceId, mfaAuthToken }, client),
  /** The codes that wait to be saved, none once they are; `true` makes a new set. */
  getRecoveryCodes: async (generateNew = false): Promise<string[]> =>
    (await (generateNew ? createNewMfaRecoveryCodes : getMfaRecoveryCodes)(client)).recoveryCodes,
  getNewRecoveryCodes: async (): Promise<string[]> => (await createNewMfaRecoveryCodes(client)).recoveryCodes,
  isRequiredForAction: (options: { mfaAction: ActionName }) => isMfaRequiredForAction(options, client),
  /** The stored MFA token that fits. Rejects with `mfa_token_required` when the action needs one and none is stored. */
  getMfaToken: (options?: GetMfaTokenOptions) => getMfaToken(options, client),
  /** Says that the person saved their codes. */
  async completeAcknowledgement(): Promise<void> {
    await acknowledgeRecoveryCodes(client);
  },
  isPendingRecoveryCodesAcknowledgment: async () => isPendingRecoveryCodesAcknowledgment(client),
});

const passkeysOf = (client: MfaClient) => ({
  get: (): Promise<UserPasskey[]> => getPasskeys(client),
  /** Makes a passkey. In Safari, prepare it first: see `preparePasskeyRegistration`. */
  register: (options?: RegisterPasskeyOptions) => registerPasskey(options, client),
  /** Proves the person with a passkey; gives the MFA token if one was asked for. */
  authenticateMFA: async (options?: AuthenticatePasskeyOptions): Promise<string | undefined> =>
    (await authenticatePasskeyMFA(options, client)).mfaToken,
  delete: (passkeyId: string, mfaAuthToken?: string) => deletePasskey({ passkeyId, mfaAuthToken }, client),
});

const stepUpAuthOf = (client: MfaClient) => ({
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
    if (!user) throw new MfaError('not_signed_in');
    if (!user.email) throw new MfaError('not_supported', { message: 'This person has no e-mail address.' });
    return sendEmailOTP({ email: user.email }, client);
  },
  /** Proves the first factor again with the code that was sent. */
  verifyOtp: (options: Parameters<typeof verifyOTP>[0]): Promise<ProofResponse> => verifyOTP(options, client),
});

// A prototype again, so that the token is not printed along with the rest.
const authOf = (client: MfaClient) =>
  Object.create({
    get token() {
      return client.token;
    },
    external: {
      signInWithExternalJwt: (options: { externalJwt: string }) => signInWithExternalJwt(options, client),
      verifyWithExternalJwt: (options: Requested & { externalJwt: string }) =>
        requestExternalAuthElevatedToken(options, client),
    },
  }) as AuthMembers;

interface AuthMembers {
  /** The session token; null when signed out, and in cookie mode. */
  readonly token: string | null;
  readonly external: {
    /** Signs in with a JWT of the application's own sign-in. */
    signInWithExternalJwt(options: { externalJwt: string }): Promise<ProofResponse>;
    /** Proves the first factor anew with a fresh one. */
    verifyWithExternalJwt(options: Requested & { externalJwt: string }): Promise<ExternalVerifyResponse>;
  };
}

/** A client that carries the functions of this door as members. Every one of them rejects as its function does. */
export interface MfaClientWithMembers extends MfaClient {
  /** {@link mfaFetch} with this client. */
  fetch(input: RequestInfo | URL, init?: MfaFetchInit): Promise<Response>;
  readonly mfa: ReturnType<typeof mfaOf>;
  readonly passkeys: ReturnType<typeof passkeysOf>;
  readonly stepUpAuth: ReturnType<typeof stepUpAuthOf>;
  readonly auth: AuthMembers;
}

/**
 * Makes a client with the functions of this door as its members. It is an ordinary client as well: functions and
 * `<MfaProvider client>` take it. All of them are in your bundle then; with `createMfaClient` only those you import are.
 *
 * @param options As of `createMfaClient`.
 *
 * @example
 * const client = createClient({ environmentId: '5f0c…', apiBaseUrl: 'https://app.example/api/v0' });
 * if (await client.mfa.isRequiredForAction({ mfaAction: 'transfer.send' })) {
 *   await client.mfa.authenticateDevice({ code: '654321', createMfaToken: { singleUse: true } });
 * }
 */
export const createClient = (options: MfaClientOptions): MfaClientWithMembers => {
  const client = createMfaClient(options);
  return Object.assign(client, {
    fetch: (input: RequestInfo | URL, init?: MfaFetchInit) => mfaFetch(input, init, client),
    mfa: mfaOf(client),
    passkeys: passkeysOf(client),
    stepUpAuth: stepUpAuthOf(client),
    auth: authOf(client),
  });
};

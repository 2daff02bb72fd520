// The groups of members of the object form that prove and list.
import type { ActionName, CreateMfaToken } from '../wire/actions.js';
import type { MFADevice, MFADeviceType, TotpRegistration } from '../wire/devices.js';
import type { UserPasskey } from '../wire/passkeys.js';
import type { TokenScope } from '../wire/scopes.js';
import type { ExternalVerifyResponse } from '../wire/stepUp.js';
import { type GetMfaTokenOptions, getMfaToken, isMfaRequiredForAction } from './actions.js';
import type { MfaClient } from './core.js';
import {
  authenticateTotpMfaDevice,
  confirmTotpMfaDevice,
  deleteMfaDevice,
  getMfaDevices,
  registerTotpMfaDevice,
} from './devices.js';
import { MfaError } from './errors.js';
import type { MfaEventListener } from './events.js';
import {
  type AuthenticatePasskeyOptions,
  authenticatePasskeyMFA,
  type RegisterPasskeyOptions,
  registerPasskey,
} from './passkeyProofs.js';
import { deletePasskey, getPasskeys } from './passkeys.js';
import { isPendingRecoveryCodesAcknowledgment } from './predicates.js';
import type { ProofResponse } from './proof.js';
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  createNewMfaRecoveryCodes,
  getMfaRecoveryCodes,
} from './recoveryCodes.js';
import { requestExternalAuthElevatedToken, signInWithExternalJwt } from './signIn.js';

interface CodeProof {
  code: string;
  createMfaToken?: CreateMfaToken;
  mfaAction?: ActionName;
}

const expectTotp = (type: MFADeviceType = 'totp'): void => {
  if (type === 'totp') return;
  throw new MfaError('not_supported', { message: `Unsupported device type: ${type}; passkeys: client.passkeys` });
};

export const mfaOf = (client: MfaClient) => ({
  /** Listens to proofs, accepted and refused; gives the function that stops listening. */
  on: <Name extends 'mfaCompletionSuccess' | 'mfaCompletionFailure'>(name: Name, listener: MfaEventListener<Name>) =>
    client.on(name, listener),
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

export const passkeysOf = (client: MfaClient) => ({
  get: (): Promise<UserPasskey[]> => getPasskeys(client),
  /** Makes a passkey. In Safari, prepare it first: see `preparePasskeyRegistration`. */
  register: (options?: RegisterPasskeyOptions) => registerPasskey(options, client),
  /** Proves the person with a passkey; gives the MFA token if one was asked for. */
  authenticateMFA: async (options?: AuthenticatePasskeyOptions): Promise<string | undefined> =>
    (await authenticatePasskeyMFA(options, client)).mfaToken,
  delete: (passkeyId: string, mfaAuthToken?: string) => deletePasskey({ passkeyId, mfaAuthToken }, client),
});

// A prototype again, so that the token is not printed along with the rest.
export const authOf = (client: MfaClient) =>
  Object.create({
    get token() {
      return client.token;
    },
    external: {
      signInWithExternalJwt: (options: { externalJwt: string }) => signInWithExternalJwt(options, client),
      verifyWithExternalJwt: (options: { externalJwt: string; requestedScopes?: TokenScope[] }) =>
        requestExternalAuthElevatedToken(options, client),
    },
  }) as AuthMembers;

export interface AuthMembers {
  /** The session token; null when signed out, and in cookie mode. */
  readonly token: string | null;
  readonly external: {
    /** Signs in with a JWT of the application's own sign-in. */
    signInWithExternalJwt(options: { externalJwt: string }): Promise<ProofResponse>;
    /** Proves the first factor anew with a fresh one. */
    verifyWithExternalJwt(options: {
      externalJwt: string;
      requestedScopes?: TokenScope[];
    }): Promise<ExternalVerifyResponse>;
  };
}

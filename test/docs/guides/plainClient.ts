/** An action without React: is a proof needed, the proof, and the token it earned. */
import {
  authenticatePasskeyMFA,
  authenticateTotpMfaDevice,
  consumeMfaToken,
  isMfaRequiredForAction,
  isUserMissingMfaAuth,
  MFAAction,
  type MfaClient,
} from 'mfa-kit/client';

const mfaAction = MFAAction.WalletWaasExport;

/** Gives the token to send along, or undefined where none is needed. Without a client: the only one there is. */
export const proveByCode = async (askCode: () => Promise<string>, client?: MfaClient): Promise<string | undefined> => {
  if (!(await isMfaRequiredForAction({ mfaAction }, client))) return undefined;
  await authenticateTotpMfaDevice({ code: await askCode(), createMfaTokenOptions: { singleUse: true } }, client);
  return consumeMfaToken(client);
};

/** The same by passkey; the token is in the answer as well. */
export const proveByPasskey = async (client?: MfaClient): Promise<string | undefined> => {
  if (!(await isMfaRequiredForAction({ mfaAction }, client))) return undefined;
  const { mfaToken } = await authenticatePasskeyMFA({ createMfaToken: { singleUse: true } }, client);
  return mfaToken;
};

/** At sign-in: moves a session on that waits for its second factor. */
export const finishSignIn = async (askCode: () => Promise<string>, client?: MfaClient): Promise<void> => {
  if (isUserMissingMfaAuth(client)) await authenticateTotpMfaDevice({ code: await askCode() }, client);
};

/**
 * Passkeys as they travel (contract §5.2, §5.4; WebAuthn L3 §5.1, §5.4, §5.5). Binary values are base64url.
 */
import type { CreateMfaToken, TokenBinding } from './actions.js';
import { passkeyExample, type UserPasskey } from './devices.js';
import { type Example, type ExampleOf, like } from './parse.js';
import type { TokenScope } from './scopes.js';
import { type VerifyResponse, verifiedExample } from './session.js';

export type { UserPasskey };

/** How a browser reaches an authenticator. */
export type PasskeyTransport = 'usb' | 'nfc' | 'ble' | 'internal' | 'hybrid' | 'cable' | 'smart-card';

export interface PasskeyListResponse {
  count: number;
  passkeys: UserPasskey[];
}

export interface RenamePasskeyRequest {
  id: string;
  alias?: string;
}

/** What a credential already there is named by. */
export interface PasskeyDescriptor {
  id: string;
  /** Absent in published authentication options; browsers want `public-key`. */
  type?: 'public-key';
  transports?: PasskeyTransport[];
}

export interface PasskeyRegistrationOptions {
  attestation: 'none' | 'indirect' | 'direct' | 'enterprise';
  authenticatorSelection: {
    authenticatorAttachment?: 'platform' | 'cross-platform';
    requireResidentKey?: boolean;
    residentKey?: 'discouraged' | 'preferred' | 'required';
    userVerification?: 'required' | 'preferred' | 'discouraged';
  };
  challenge: string;
  excludeCredentials: PasskeyDescriptor[];
  pubKeyCredParams: { alg: number; type: 'public-key' }[];
  rp: { id: string; name: string };
  /** Milliseconds. */
  timeout: number;
  user: { id: string; name: string; displayName: string };
  hints?: ('security-key' | 'client-device' | 'hybrid')[];
}

export interface PasskeyAuthenticationOptions {
  challenge: string;
  /** Milliseconds. */
  timeout?: number;
  rpId?: string;
  userVerification?: 'required' | 'preferred' | 'discouraged';
  /** Empty or absent: any passkey this browser finds by itself. */
  allowCredentials?: PasskeyDescriptor[];
  hints?: ('security-key' | 'client-device' | 'hybrid')[];
}

/** What the browser made (RegistrationResponseJSON), with what may be asked for besides. */
export interface RegisterPasskeyRequest extends TokenBinding {
  id: string;
  rawId: string;
  type: string;
  clientExtensionResults: object;
  authenticatorAttachment?: string;
  /** Published clients spell it `clientDataJson`, browsers `clientDataJSON`: either is read. */
  response: {
    attestationObject: string;
    clientDataJson?: string;
    clientDataJSON?: string;
    transports?: string[];
    publicKey?: string;
  };
  createMfaToken?: CreateMfaToken;
  requestedScopes?: TokenScope[];
}

/** What the browser made (AuthenticationResponseJSON), with what may be asked for besides. */
export interface AuthenticatePasskeyRequest extends TokenBinding {
  id: string;
  rawId: string;
  type: string;
  clientExtensionResults: object;
  authenticatorAttachment?: string;
  response: {
    authenticatorData: string;
    clientDataJSON?: string;
    clientDataJson?: string;
    signature: string;
    userHandle?: string | null;
  };
  createMfaToken?: CreateMfaToken;
  requestedScopes?: TokenScope[];
}

/** What registering answers: the session as after any proof and, from our server, what was registered. */
export interface RegisterPasskeyResponse extends VerifyResponse {
  passkey?: UserPasskey;
}

const registrationOptions: ExampleOf<PasskeyRegistrationOptions> = {
  challenge: '',
  rp: { id: '', name: '' },
  user: { id: '', name: '', displayName: '' },
  pubKeyCredParams: [{ alg: 0, type: '' }],
  authenticatorSelection: {},
  excludeCredentials: [{ id: '' }],
  'attestation?': '',
  'timeout?': 0,
};

const authenticationOptions: ExampleOf<PasskeyAuthenticationOptions> = {
  challenge: '',
  'timeout?': 0,
  'rpId?': '',
  'userVerification?': '',
  'allowCredentials?': [{ id: '' }],
};

const registered: ExampleOf<RegisterPasskeyResponse> = {
  ...verifiedExample,
  'passkey?': passkeyExample as Example,
};

export const parsePasskey = like<UserPasskey>(passkeyExample);

export const parsePasskeyList = like<PasskeyListResponse>({ 'count?': 0, passkeys: [passkeyExample as Example] });

export const parseRegistrationOptions = like<PasskeyRegistrationOptions>(registrationOptions);

export const parseAuthenticationOptions = like<PasskeyAuthenticationOptions>(authenticationOptions);

export const parseRegisterPasskeyResponse = like<RegisterPasskeyResponse>(registered);

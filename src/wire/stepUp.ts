/**
 * Step-up as it travels: whether a scope asks for a fresh proof, and what still waits for the user (contract §5.3, §5.5).
 */
import type { ActionName } from './actions.js';
import { type Example, type ExampleOf, like } from './parse.js';
import type { TokenScope } from './scopes.js';

/** Something the user can prove themselves with. */
export interface StepUpCredential {
  id: string;
  /** `passkey`, `totp`, `email` or `externalUser`. */
  format: string;
  /** Tells apart what shares a format. */
  type?: string;
  /** Not told to a session that waits for its second factor. */
  alias?: string;
}

export interface StepUpCheckRequest {
  scope: TokenScope | (string & {});
}

export interface StepUpCheckResponse {
  /** Whether an elevated access token of this scope has to be asked for. */
  isRequired: boolean;
  /** What can earn it, strongest first; empty when none is required, or when a factor has to be enrolled first. */
  credentials: StepUpCredential[];
  defaultCredentialId?: string;
}

/** What a fresh token of the application's own sign-in earns. */
export interface ExternalVerifyResponse {
  /** Null when there was nothing to grant. */
  elevatedAccessToken: string | null;
}

/** Ours: something the application left for the user to do, protected by its action like any other call. */
export interface WaitingAction {
  id: string;
  action: ActionName;
  /** What it is to be done to, as the application names it. */
  subject?: string;
  /** The same in words for the user. */
  summary?: string;
  /** ISO 8601 */
  createdAt: string;
}

export interface WaitingActionsResponse {
  count: number;
  /** Oldest first. */
  waiting: WaitingAction[];
}

const credential: ExampleOf<StepUpCredential> = { id: '', format: '', 'type?': '', 'alias?': '' };

const waitingAction: ExampleOf<WaitingAction> = {
  id: '',
  action: '',
  'subject?': '',
  'summary?': '',
  createdAt: '',
};

export const parseStepUpCheck = like<StepUpCheckResponse>({
  isRequired: false,
  credentials: [credential as Example],
  'defaultCredentialId?': '',
});

export const parseExternalVerify = like<ExternalVerifyResponse>({ 'elevatedAccessToken?': '' });

export const parseWaitingActions = like<WaitingActionsResponse>({ count: 0, waiting: [waitingAction as Example] });

import type { Lock, Method, PromptRequest, Screen, ScreenEvent, ScreenName } from '../../controller/screens.js';
import type { FrameSettings } from '../parts/Frame.js';

/** What a screen that talks to the server is given, by the modals or by a page it stands in. */
export interface ConnectedScreenProps<TName extends ScreenName> {
  screen: Extract<Screen, { name: TName }>;
  request: PromptRequest;
  /** The methods this screen may offer, best first. */
  ways: readonly Method[];
  /** Methods that take no tries just now. */
  locks: readonly Lock[];
  frame: FrameSettings;
  onEvent: (event: ScreenEvent) => void;
}

/** The part of a request that a proof is asked with. */
export const proofOf = ({ createMfaToken, requestedScopes, action }: PromptRequest) => ({
  createMfaToken,
  requestedScopes,
  mfaAction: action,
});

/** What a prompt says about itself, where it is for an action. */
export const approvalOf = ({ action, createMfaToken }: PromptRequest) =>
  action === undefined ? undefined : { action, singleUse: createMfaToken?.singleUse };

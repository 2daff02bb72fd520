import type { Lock, Method, PromptRequest, Screen, ScreenEvent, ScreenName } from '../../controller/screens.js';
import { askOf } from '../../hooks/askOf.js';
import { isEnrolling, thenOf } from '../../hooks/screenKinds.js';
import type { FrameSettings } from '../parts/Frame.js';

/** What a screen that talks to the server is given, by the modals or by a page it stands in. */
export interface ConnectedScreenProps<TName extends ScreenName> {
  screen: Extract<Screen, { name: TName }>;
  request: PromptRequest;
  /** The methods this screen may offer, best first. */
  ways: readonly Method[];
  /** Methods that take no tries just now. */
  locks: readonly Lock[];
  /** Methods this browser cannot do. */
  unsupported: readonly Method[];
  frame: FrameSettings;
  /** The application's own sign-in, once more: gives a fresh JWT of it. */
  reauthenticate?: (() => Promise<string>) | undefined;
  onEvent: (event: ScreenEvent) => void;
}

/** What a proof on this screen asks for. On the way to an enrolment nothing: that is a proof itself, and earns it. */
export const proofOf = (screen: Screen, request: PromptRequest, method: Method): Partial<ReturnType<typeof askOf>> => {
  const then = thenOf(screen);
  return then && isEnrolling(then) ? {} : askOf(request, method);
};

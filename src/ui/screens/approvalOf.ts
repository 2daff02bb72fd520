import type { PromptRequest, Screen, ScreenName } from '../../controller/screens.js';
import { askOf } from '../../hooks/askOf.js';
import { isEnrolling, thenOf } from '../../hooks/screenKinds.js';
import type { ActionLevel } from '../../wire/actions.js';
import { describeAction, type MfaActionTexts } from '../actionTexts.js';
import type { Language } from '../messages/Language.js';
import type { ApprovalFacts } from '../parts/Approval.js';

/** Where something is proven, or on the way to it. What comes afterwards approves nothing more. */
const approving = new Set<ScreenName>([
  'ChooseType',
  'QrCode',
  'OtpVerification',
  'PasskeyPrompt',
  'EnterBackupCodes',
  'Locked',
  'Reauthenticate',
]);

/** What a screen says is approved, where a request is for an action. */
export const approvalOf = (
  screen: Screen,
  request: PromptRequest,
  { language, actions = {} }: { language: Language; actions?: MfaActionTexts | undefined },
  minLevel: ActionLevel | undefined = request.minLevel,
): ApprovalFacts | undefined => {
  const { action, tokenExpirySeconds, count } = request;
  if (action === undefined || !approving.has(screen.name)) return undefined;
  const text = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const shown = screen.name === 'Locked' ? screen.retry : screen;
  const isFirst = [shown, thenOf(shown)].some((one) => one && isEnrolling(one));
  return {
    title: text?.title ?? language.sayAction(action),
    details: describeAction(request, text),
    singleUse: askOf(request, screen.name === 'EnterBackupCodes' ? 'recovery' : 'totp').createMfaToken?.singleUse,
    seconds: tokenExpirySeconds,
    count,
    first: isFirst ? (minLevel === 'phr' ? 'passkey' : 'factor') : undefined,
  };
};

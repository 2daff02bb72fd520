import type { Language } from '../messages/Language.js';
import { part } from './part.js';

export interface ApprovalProps {
  language: Language;
  /** Name of the action, such as `wallet.waas.export`. */
  action?: string | undefined;
  /** Whether the approval counts for one use or for a while. Undefined when no token was asked for. */
  singleUse?: boolean | undefined;
}

/** Names what is being approved, and how long that counts. */
export function Approval({ language, action, singleUse }: ApprovalProps) {
  if (!action) return null;
  return (
    <p {...part('approval')}>
      <b>{language.say('approve.action', { action: language.sayAction(action) })}</b>
      {singleUse !== undefined && <span>{language.say(singleUse ? 'approve.once' : 'approve.session')}</span>}
    </p>
  );
}

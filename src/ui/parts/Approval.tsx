import type { MfaActionDetail } from '../actionTexts.js';
import type { Language } from '../messages/Language.js';
import { part } from './part.js';

/** What is approved by what the screen asks for. */
export interface ApprovalFacts {
  /** The action, in words. */
  title: string;
  /** What exactly: a line, or a row for each thing to look at. */
  details?: string | readonly MfaActionDetail[] | undefined;
  /** Whether it counts for one use or for a while. Undefined when no token was asked for. */
  singleUse?: boolean | undefined;
  /** How long it counts for, if not once. */
  seconds?: number | undefined;
  /** How many calls it approves. Default: 1. May grow while it is on screen. */
  count?: number | undefined;
  /** What has to be added first to approve it with. */
  first?: 'factor' | 'passkey' | undefined;
}

/** Names what is being approved and on what, how long that counts, and for how many calls. */
export function Approval({ language, approval }: { language: Language; approval: ApprovalFacts }) {
  const { title, details, count = 1, first } = approval;
  const counts = [count > 1 && language.say('approve.count', { count }), sayDuration(language, approval)];
  return (
    <div {...part('approval')}>
      <p>
        <b>{language.say(first ? `approve.first.${first}` : 'approve.action', { action: title })}</b>
      </p>
      {typeof details === 'string' ? (
        <p>
          <bdi>{details}</bdi>
        </p>
      ) : (
        details && <Details of={details} />
      )}
      {/* There before it changes: only then do screen readers tell that there are more. */}
      <output aria-live="polite">{counts.filter(Boolean).join(' · ')}</output>
    </div>
  );
}

function Details({ of }: { of: readonly MfaActionDetail[] }) {
  return (
    <dl>
      {of.map(({ label, value }, at) => (
        <div key={at}>
          <dt>{label}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const sayDuration = (language: Language, { singleUse, seconds }: ApprovalFacts): string | undefined => {
  if (singleUse === undefined) return undefined;
  if (singleUse) return language.say('approve.once');
  return seconds ? language.say('approve.for', { time: language.duration(seconds) }) : language.say('approve.session');
};

import { type ReactNode, useId } from 'react';
import type { Language } from '../../messages/Language.js';
import { Button } from '../../parts/Button.js';
import { Icon, type IconName } from '../../parts/Icon.js';
import { type MfaPartState, part } from '../../parts/part.js';

export interface ManagedRowProps {
  icon: IconName;
  name: string;
  badge?: string | undefined;
  /** What is known of it, a line each. */
  lines: readonly (string | undefined)[];
  state?: MfaPartState;
  /** What can be done about it. */
  children?: ReactNode;
}

/** One of the ways a person has, in the list of them all. */
export function ManagedRow({ icon, name, badge, lines, state = 'idle', children }: ManagedRowProps) {
  return (
    <li {...part('device', state)}>
      <span {...part('tile')}>
        <Icon name={icon} size={22} />
      </span>
      <span {...part('method-text')}>
        <span {...part('method-name')}>
          <bdi>{name}</bdi>
          {badge && <span {...part('badge')}>{badge}</span>}
        </span>
        <span {...part('method-help')}>
          {lines.filter(Boolean).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      </span>
      {children}
    </li>
  );
}

export interface ConfirmRemovalProps {
  language: Language;
  name: string;
  /** Names of what is left without it. */
  rest: readonly string[];
  isBusy: boolean;
  onKeep: () => void;
  onRemove: () => void;
}

/** Names the thing, and says what will be asked next time. */
export function ConfirmRemoval({ language, name, rest, isBusy, onKeep, onRemove }: ConfirmRemovalProps) {
  const id = useId();
  return (
    <fieldset {...part('confirm')} aria-labelledby={id}>
      <p id={id}>
        <b>{language.say('manage.confirm.title', { name })}</b>
        <br />
        {rest.length > 0
          ? language.say('manage.confirm.help', { rest: language.list(rest) })
          : language.say('manage.confirm.last')}
      </p>
      <div {...part('device-actions')}>
        <Button buttonRef={focusOnce} onClick={onKeep}>
          {language.say('manage.confirm.keep')}
        </Button>
        <Button variant="danger" isPending={isBusy} onClick={onRemove}>
          {language.say('manage.remove')}
        </Button>
      </div>
    </fieldset>
  );
}

/** The question takes the focus from the button that brought it up; the harmless answer gets it. */
const focusOnce = (button: HTMLButtonElement | null): void => button?.focus();

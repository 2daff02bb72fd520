import { Icon, type IconName } from './Icon.js';
import { part } from './part.js';

export interface MethodRowProps {
  icon: IconName;
  name: string;
  help: string;
  /** Said in words beside the name, such as "Recommended". */
  badge?: string | undefined;
  /** Why it cannot be chosen just now; takes the place of the help. */
  reason?: string | undefined;
  isFirst?: boolean;
  onChoose: () => void;
}

/** A way to choose: what it is, what one needs for it, or why it is not possible. */
export function MethodRow({ icon, name, help, badge, reason, isFirst, onChoose }: MethodRowProps) {
  return (
    <li>
      <button
        type="button"
        {...part('method')}
        data-mfa-first={isFirst && !reason ? '' : undefined}
        aria-disabled={Boolean(reason)}
        onClick={() => !reason && onChoose()}
      >
        <span {...part('tile')}>
          <Icon name={icon} size={22} />
        </span>
        <span {...part('method-text')}>
          <span {...part('method-name')}>
            {name}
            {badge && <span {...part('badge')}>{badge}</span>}
          </span>
          <span {...part('method-help')}>{reason ?? help}</span>
        </span>
        <Icon name="chevron" size={18} />
      </button>
    </li>
  );
}

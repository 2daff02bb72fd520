import { Icon, type IconName } from './Icon.js';
import { part } from './part.js';

export function IconButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" {...part('icon-button')} data-icon={icon} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

import type { Language } from '../messages/Language.js';
import { part } from './part.js';

/** The way out of a screen. A session that waits for its second factor has only `logOut`. */
export interface Leave {
  kind: 'cancel' | 'logOut' | 'close' | 'done';
  onLeave: () => void;
}

export interface FooterProps {
  language: Language;
  onAnotherWay?: (() => void) | undefined;
  leave?: Leave | undefined;
}

/** The same at the foot of every screen: another way, and out. */
export function Footer({ language, onAnotherWay, leave }: FooterProps) {
  if (!onAnotherWay && !leave) return null;
  return (
    <footer {...part('footer')}>
      {onAnotherWay && (
        <button type="button" {...part('link')} onClick={onAnotherWay}>
          {language.say('anotherWay')}
        </button>
      )}
      {onAnotherWay && leave && <span aria-hidden="true">·</span>}
      {leave && (
        <button type="button" {...part('link', undefined, 'quiet')} onClick={leave.onLeave}>
          {language.say(leave.kind)}
        </button>
      )}
    </footer>
  );
}

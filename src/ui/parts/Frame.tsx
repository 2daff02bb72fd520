import { createElement, type ElementType, type ReactNode } from 'react';
import type { Language } from '../messages/Language.js';
import { Approval, type ApprovalFacts } from './Approval.js';
import { Footer, type Leave } from './Footer.js';
import { Icon, type IconName } from './Icon.js';
import { IconButton } from './IconButton.js';
import { part } from './part.js';

/** What stands around a screen: given by the dialog, or by a page that shows the screen inline. */
export interface FrameSettings {
  language: Language;
  /** The element of the title. Default: `h2`. */
  Title?: ElementType;
  onBack?: (() => void) | undefined;
  onAnotherWay?: (() => void) | undefined;
  leave?: Leave | undefined;
  /** What the screen approves, where that is an action. */
  approval?: ApprovalFacts | undefined;
  /** Shows a cross in the corner that leaves. Default: false, as inline in a page. */
  hasCross?: boolean;
}

export interface FrameProps {
  frame: FrameSettings;
  /** Name of the screen, for hosts that style one of them. */
  name: string;
  mark?: IconName;
  /** In place of a mark. */
  above?: ReactNode;
  title: string;
  help?: ReactNode;
  /** Which step of how many, where there are several. */
  step?: { step: number; of: number } | undefined;
  children?: ReactNode;
}

/** The anatomy every screen shares: back and close, mark, title, one line of help, what is approved, the screen's one task, the way out. */
export function Frame({ frame, name, mark, above, title, help, step, children }: FrameProps) {
  const { language, Title = 'h2', onBack, leave, approval, hasCross } = frame;
  const cross = hasCross && leave && leave.kind !== 'logOut' ? leave : undefined;
  return (
    <section {...part('screen')} data-screen={name} lang={language.locale} dir={language.direction}>
      {(onBack || step || cross) && (
        <div {...part('bar')}>
          {onBack && <IconButton icon="back" label={language.say('back')} onClick={onBack} />}
          {step && <p {...part('step')}>{language.say('step', step)}</p>}
          {cross && <IconButton icon="close" label={language.say('close')} onClick={cross.onLeave} />}
        </div>
      )}
      {mark ? <Icon name={mark} size={64} as="mark" /> : above}
      {createElement(Title, { ...part('title'), tabIndex: -1, 'data-mfa-heading': '' }, title)}
      {help && <p {...part('help')}>{help}</p>}
      {approval && <Approval language={language} approval={approval} />}
      {children}
      <Footer language={language} onAnotherWay={frame.onAnotherWay} leave={leave} />
    </section>
  );
}

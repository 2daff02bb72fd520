import { Icon } from './Icon.js';
import { part } from './part.js';

export interface ErrorMessageProps {
  /** For `aria-describedby` of the field it is about. */
  id?: string;
  /** What happened, then what to do. Nothing keeps the line's place, so that nothing jumps when it fills. */
  children?: string | undefined;
  /** `info` is said in the same place without alarm. Default: `error`. */
  tone?: 'error' | 'info';
}

/** A live region that is there before its text is: only then do screen readers announce what comes. */
export function ErrorMessage({ id, children, tone = 'error' }: ErrorMessageProps) {
  return (
    <output {...part('error', children ? 'filled' : 'idle', tone)} id={id} aria-live="polite" aria-atomic="true">
      {children && (
        <>
          <Icon name={tone === 'error' ? 'alert' : 'info'} size={16} />
          <span>{children}</span>
        </>
      )}
    </output>
  );
}

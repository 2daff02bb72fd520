import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { part } from './part.js';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> {
  /** One primary button to a screen. Default: `quiet`. */
  variant?: 'primary' | 'quiet' | 'danger';
  /** Something is under way: the button keeps its place, size and focus, and does nothing. */
  isPending?: boolean;
  icon?: ReactNode;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = 'quiet',
  isPending = false,
  icon,
  buttonRef,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      ref={buttonRef}
      {...part('button', isPending ? 'pending' : 'idle', variant)}
      // Not `disabled`: a disabled button loses focus, and a screen reader its place.
      aria-disabled={isPending || rest['aria-disabled']}
      onClick={(event) => (isPending ? event.preventDefault() : onClick?.(event))}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}

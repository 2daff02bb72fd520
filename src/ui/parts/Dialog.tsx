import * as Radix from '@radix-ui/react-dialog';
import { setNonce } from 'get-nonce';
import { type ReactNode, type RefObject, useEffect, useInsertionEffect, useRef, useState } from 'react';
import type { Language } from '../messages/Language.js';
import { focusStep } from './focusStep.js';
import { followKeyboard } from './keyboardInset.js';
import { letOverlaysTakeFocus } from './overlays.js';
import { part } from './part.js';

export interface DialogProps {
  isOpen: boolean;
  language: Language;
  theme?: 'light' | 'dark' | 'auto' | undefined;
  /** Where in the page it is put. Default: the body. */
  container?: HTMLElement | null | undefined;
  /** For the style element of the scroll lock. */
  nonce?: string | undefined;
  /** Escape, or a press beside the dialog. Whether it then closes is for the owner to decide. */
  onDismiss: (how: 'escape' | 'outside') => void;
  /** Lies over the screen while the person is asked something. */
  question?: ReactNode;
  dialogRef: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

export { Title as DialogTitle } from '@radix-ui/react-dialog';

/** A card in the middle of the page, or a sheet at the foot of a phone. */
export function Dialog({ isOpen, nonce, container, ...rest }: DialogProps) {
  // Before the layout effect in which the scroll lock writes its style element.
  useInsertionEffect(() => {
    if (nonce) setNonce(nonce);
  }, [nonce]);
  return (
    <Radix.Root open={isOpen}>
      <Radix.Portal container={container}>
        <Surface {...rest} />
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A page whose styles name no font leaves the browser's; a sign-in in Times looks broken, so the system's is taken. */
const isUnstyledFont = (element: Element): boolean =>
  /^("?times|serif|-webkit-standard)/i.test(getComputedStyle(element).fontFamily);

type SurfaceProps = Omit<DialogProps, 'isOpen' | 'nonce' | 'container'>;

function Surface({ language, theme = 'auto', onDismiss, question, dialogRef, children }: SurfaceProps) {
  const opener = useRef<Element | null>(null);
  const [scrim, setScrim] = useState<HTMLElement | null>(null);

  useEffect(() => {
    const dialog = dialogRef.current;
    if (!scrim || !dialog) return undefined;
    scrim.toggleAttribute('data-mfa-system-font', isUnstyledFont(scrim));
    const stops = [followKeyboard(scrim), letOverlaysTakeFocus(dialog)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [scrim, dialogRef]);

  return (
    <Radix.Overlay
      {...part('scrim')}
      ref={setScrim}
      data-mfa-theme={theme === 'auto' ? undefined : theme}
      lang={language.locale}
      dir={language.direction}
    >
      <Radix.Content
        {...part('dialog')}
        ref={dialogRef}
        aria-describedby={undefined}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          opener.current = document.activeElement;
          focusStep(dialogRef.current);
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
        }}
        onEscapeKeyDown={(event) => {
          event.preventDefault();
          // A field that is open in place takes the key for itself.
          const isTaken = event.target instanceof Element && event.target.hasAttribute('data-mfa-escape');
          if (!isTaken) onDismiss('escape');
        }}
        onInteractOutside={(event) => {
          event.preventDefault();
          // The scrim covers the page: whatever else is pressed lies over the dialog and is none of its business.
          const { type, target } = event.detail.originalEvent;
          if (type === 'pointerdown' && target === scrim) onDismiss('outside');
        }}
      >
        <div {...part('content')} inert={Boolean(question)}>
          {children}
        </div>
        {question}
      </Radix.Content>
    </Radix.Overlay>
  );
}

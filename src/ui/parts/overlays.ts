/** Siblings that the dialog's library has hidden from screen readers: the page as it was when the dialog opened. */
const PAGE_BEHIND = '[data-aria-hidden="true"], [data-radix-focus-guard]';

/**
 * Whether an element lies over the dialog rather than behind it: something that came after it opened, such as a password
 * manager's menu, or a custom element at the top of the page, which is how extensions draw themselves.
 */
export const isOverlay = (element: Element, dialog: Element): boolean => {
  if (dialog.contains(element) || element === document.body) return false;
  const root = element.closest('body > *, html > :not(body, head)');
  if (!root) return false;
  return root.localName.includes('-') || !element.closest(PAGE_BEHIND);
};

/**
 * Lets focus go to overlays. The dialog's focus trap listens on the document and would pull it back, so that nobody could
 * type into their password manager; on the window we hear of it first.
 */
export const letOverlaysTakeFocus = (dialog: Element): (() => void) => {
  const hear = (event: FocusEvent) => {
    const to = event.type === 'focusin' ? event.target : event.relatedTarget;
    if (to instanceof Element && isOverlay(to, dialog)) event.stopImmediatePropagation();
  };
  window.addEventListener('focusin', hear, true);
  window.addEventListener('focusout', hear, true);
  return () => {
    window.removeEventListener('focusin', hear, true);
    window.removeEventListener('focusout', hear, true);
  };
};

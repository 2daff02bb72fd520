/**
 * Keeps `--mfa-keyboard` at the height a phone's keyboard covers: the layout viewport does not shrink for it on iOS, so a
 * sheet at the bottom would lie behind it. Set through CSSOM, which a strict style-src allows.
 */
export const followKeyboard = (element: HTMLElement): (() => void) => {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const measure = () => {
    // Zoomed in by hand, the visual viewport is smaller without any keyboard.
    const covered = viewport.scale > 1.01 ? 0 : window.innerHeight - viewport.height - viewport.offsetTop;
    element.style.setProperty('--mfa-keyboard', `${Math.max(0, Math.round(covered))}px`);
  };
  measure();
  viewport.addEventListener('resize', measure);
  viewport.addEventListener('scroll', measure);
  return () => {
    viewport.removeEventListener('resize', measure);
    viewport.removeEventListener('scroll', measure);
  };
};

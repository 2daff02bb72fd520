/** Puts focus where a step begins: in its first field, or on its title so that it is read out. */
export function focusStep(root: ParentNode | null | undefined): void {
  const target =
    root?.querySelector<HTMLElement>('[data-mfa-first]') ?? root?.querySelector<HTMLElement>('[data-mfa-heading]');
  target?.focus({ preventScroll: true });
}

import { Component, createRef, type ReactNode } from 'react';
import { focusStep } from './focusStep.js';
import { part } from './part.js';

export interface StageProps {
  /** Another value is another step: focus moves, the height follows, screens cross-fade. */
  step: unknown;
  direction: 'forward' | 'back';
  children: ReactNode;
}

interface Before {
  height: number;
  ghost: HTMLElement | null;
}

const easing = 'cubic-bezier(.2,.8,.2,1)';
const isCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A likeness of the screen that leaves, without ids, values and secrets, to fade out while the next one comes. */
const likenessOf = (root: HTMLElement): HTMLElement | null => {
  if (!root.firstElementChild || root.querySelector('[data-mfa-secret]')) return null;
  const ghost = document.createElement('div');
  Object.assign(ghost, { className: 'mfa-ghost', inert: true, ariaHidden: 'true' });
  ghost.dataset.mfaPart = 'ghost';
  ghost.append(root.firstElementChild.cloneNode(true));
  for (const named of ghost.querySelectorAll('[id], [name], [data-mfa-first], [data-mfa-heading]')) {
    for (const name of ['id', 'name', 'data-mfa-first', 'data-mfa-heading']) named.removeAttribute(name);
    if (named instanceof HTMLInputElement) named.value = '';
  }
  return ghost;
};

/** Where screens follow each other. A class, for what has to be measured just before React changes the page. */
export class Stage extends Component<StageProps> {
  private readonly root = createRef<HTMLDivElement>();
  private readonly announcer = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(before: StageProps): Before | null {
    const root = this.root.current;
    if (!root || before.step === this.props.step) return null;
    const hasMotion = typeof root.animate === 'function';
    return { height: root.offsetHeight, ghost: hasMotion ? likenessOf(root) : null };
  }

  override componentDidUpdate(_props: StageProps, _state: unknown, before?: Before | null): void {
    const root = this.root.current;
    if (!root || !before) return;
    // First, and without waiting for anything that moves.
    focusStep(root);
    // The first step's title is the dialog's own label.
    if (this.announcer.current) {
      this.announcer.current.textContent = root.querySelector('[data-mfa-heading]')?.textContent ?? '';
    }
    if (typeof root.animate === 'function') this.move(root, before);
  }

  private move(root: HTMLElement, { height, ghost }: Before): void {
    const calm = isCalm();
    const rightToLeft = getComputedStyle(root).direction === 'rtl';
    const sign = (this.props.direction === 'forward') === rightToLeft ? -1 : 1;
    const shift = (pixels: number) => (calm ? 'none' : `translateX(${pixels * sign}px)`);
    const incoming = root.firstElementChild;
    incoming?.animate([{ opacity: 0, transform: shift(12) }, {}], { duration: 160, easing });
    if (!calm && height !== root.offsetHeight) {
      root.animate([{ height: `${height}px` }, { height: `${root.offsetHeight}px` }], { duration: 160, easing });
    }
    if (!ghost) return;
    root.append(ghost);
    const fading = ghost.animate([{ opacity: 1 }, { opacity: 0, transform: shift(-12) }], { duration: 120, easing });
    const clear = () => ghost.remove();
    fading.finished.then(clear, clear);
  }

  override render(): ReactNode {
    return (
      <>
        <div {...part('hidden')} ref={this.announcer} aria-live="polite" />
        <div {...part('stage')} ref={this.root}>
          {this.props.children}
        </div>
      </>
    );
  }
}

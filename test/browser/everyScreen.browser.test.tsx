/** U-06: every state of every screen, as the stories show it, in the dark, from right to left, at 320 px and in another brand. */
import { render } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactElement } from 'react';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../src/ui/styles.css';
import type { Look } from '../../stories/support/look.js';

interface StoryLike {
  args?: object;
  render?: (args: object, context: { globals: Look }) => ReactElement;
}
type StoryModule = Record<string, StoryLike> & { default: StoryLike & { title: string } };

const modules = import.meta.glob<StoryModule>('../../stories/screens/*.stories.tsx', { eager: true });

const stories = Object.values(modules).flatMap(({ default: meta, ...states }) =>
  Object.entries(states).map(([name, story]) => ({
    name: `${meta.title}/${name}`,
    draw: (look: Look) => {
      const draw = story.render ?? meta.render;
      if (!draw) throw new Error(`${name} cannot be drawn`);
      return draw({ ...meta.args, ...story.args }, { globals: look });
    },
  })),
);

const looks: [name: string, look: Look, width: number][] = [
  ['dark', { theme: 'dark' }, 1280],
  ['right to left at 320 px', { locale: 'ar' }, 320],
  ['dark, right to left, in another brand', { theme: 'dark', locale: 'ar', brand: 'second' }, 480],
  ['in German at 320 px, in another brand', { locale: 'de', brand: 'second' }, 320],
];

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('there is a story for every screen', () => {
  expect(Object.keys(modules)).toHaveLength(12);
});

describe.each(looks)('%s', (_, look, width) => {
  test.each(stories)('$name', async ({ draw }) => {
    await page.viewport(width, 900);
    const { container } = render(draw(look));
    // A skeleton waits before it shows, and colours half there are judged as they are then.
    for (const animation of document.getAnimations()) {
      const { iterations } = animation.effect?.getTiming() ?? {};
      if (iterations !== Infinity) animation.finish();
    }
    const { violations } = await axe.run(container, { runOnly: tags, resultTypes: ['violations'] });
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    const cut = [...container.querySelectorAll<HTMLElement>('button, p, h2, li, code')].filter(
      (element) =>
        element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && !element.matches('.mfa-hidden'),
    );
    expect(cut.map((element) => element.outerHTML)).toEqual([]);
  });
});

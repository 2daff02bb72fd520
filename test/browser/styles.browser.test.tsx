/** The look where it matters to more than taste: contrast, hosts' own styles, small screens, print. */
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { cdp, page } from 'vitest/browser';
import '../../src/ui/styles.css';
import { english } from '../../src/ui/messages/Language.js';
import { Button } from '../../src/ui/parts/Button.js';
import { Frame } from '../../src/ui/parts/Frame.js';
import { ViewBackupCodesView } from '../../src/ui/screens/views/ViewBackupCodesView.js';

const nothing = () => undefined;
const frame = { language: english };

const style = document.createElement('style');
const hostSays = (css: string) => {
  style.textContent = css;
  document.head.append(style);
};
afterEach(async () => {
  style.remove();
  await cdp().send('Emulation.setEmulatedMedia', { media: '', features: [] });
});

const inScreen = (children: ReactNode) =>
  render(
    <Frame frame={frame} name="Any" title="Any">
      {children}
    </Frame>,
  );
const primary = () => document.querySelector('.mfa-button[data-variant="primary"]') as HTMLElement;

/** Red, green and blue from 0 to 1, of whatever form the browser gives a colour in. */
const channels = (color: string): number[] => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255);
};
/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

describe('the accent a host sets', () => {
  test.each([
    '#3b5bdb',
    '#7c93ff',
    '#000',
    '#fff',
    '#ffd43b',
    '#e03131',
    '#00ff00',
    '#0000ff',
    '#777',
    '#767676',
    '#12b886',
  ])('%s has text on it that can be read', (accent) => {
    hostSays(`:root { --mfa-accent: ${accent} }`);
    inScreen(<Button variant="primary">Go</Button>);
    const { color, backgroundColor } = getComputedStyle(primary());
    expect(contrast(color, backgroundColor)).toBeGreaterThanOrEqual(4.5);
  });

  test('counts in both themes', async () => {
    hostSays(':root { --mfa-accent: rgb(18, 184, 134) }');
    inScreen(<Button variant="primary">Go</Button>);
    for (const value of ['light', 'dark']) {
      await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
      expect(getComputedStyle(primary()).backgroundColor).toBe('rgb(18, 184, 134)');
    }
  });
});

describe('themes', () => {
  const surfaceIn = (theme?: string) => {
    const { container, unmount } = render(
      <div data-mfa-theme={theme}>
        <Frame frame={frame} name="Any" title="Any" />
      </div>,
    );
    const { colorScheme, color } = getComputedStyle(container.querySelector('.mfa-screen') as Element);
    unmount();
    return { colorScheme, isLightText: luminance(color) > 0.5 };
  };

  test('the system decides, unless the host does', async () => {
    for (const [system, theme, expected] of [
      ['light', undefined, 'light'],
      ['dark', undefined, 'dark'],
      ['dark', 'light', 'light'],
      ['light', 'dark', 'dark'],
    ] as const) {
      await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: system }] });
      expect(surfaceIn(theme)).toEqual({ colorScheme: expected, isLightText: expected === 'dark' });
    }
  });
});

test('one class of the host wins over the kit', () => {
  hostSays('.mfa-button { background: rgb(1, 2, 3); min-height: 99px } .mfa-title { font-size: 31px }');
  inScreen(<Button variant="primary">Go</Button>);
  expect(getComputedStyle(primary()).backgroundColor).toBe('rgb(1, 2, 3)');
  expect(getComputedStyle(primary()).minHeight).toBe('99px');
  expect(getComputedStyle(document.querySelector('.mfa-title') as Element).fontSize).toBe('31px');
});

test('nothing of the kit’s style sheet touches the page around it', () => {
  const { container } = render(
    <div>
      <button type="button">Host</button>
      <h2>Host</h2>
    </div>,
  );
  const before = [...container.querySelectorAll('*')].map((element) => getComputedStyle(element).cssText);
  hostSays('@layer mfa { }');
  expect([...container.querySelectorAll('*')].map((element) => getComputedStyle(element).cssText)).toEqual(before);
  expect(getComputedStyle(container.querySelector('h2') as Element).fontSize).toBe('24px');
});

const codes = Array.from({ length: 10 }, (_, at) => `7K3Q9TXB2MWD5HP${at}`);
const save = (
  <ViewBackupCodesView
    {...{ frame, codes, isNewSet: false, owner: { app: 'Harbor', user: 'ada@example.com' } }}
    {...{ onRetry: nothing, onNewCodes: nothing, onDone: nothing, onFinish: nothing }}
  />
);

test('print shows the codes with their heading, and nothing else', async () => {
  render(
    <main>
      <p data-testid="host">The page</p>
      {save}
    </main>,
  );
  const shown = () =>
    [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      return own && element.checkVisibility();
    });
  expect(shown().map((element) => element.className)).not.toContain('mfa-print');
  await cdp().send('Emulation.setEmulatedMedia', { media: 'print' });
  expect(shown().map((element) => element.className)).toEqual(['mfa-print']);
  expect(document.querySelector('.mfa-print')?.textContent).toMatch(/^Harbor backup codes\nAccount: ada@example\.com/);
});

test('at 320 px nothing sticks out, and what is pressed is 44 px high', async () => {
  await page.viewport(320, 640);
  render(save);
  const wide = [...document.querySelectorAll<HTMLElement>('*')].filter(
    (element) => element.getBoundingClientRect().right > innerWidth,
  );
  expect(wide.map((element) => element.className)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  const low = [...document.querySelectorAll<HTMLElement>('button, label')].filter(
    (element) => element.getBoundingClientRect().height < 44,
  );
  expect(low.map((element) => element.textContent)).toEqual([]);
});

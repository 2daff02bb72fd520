/** How a story is looked at: theme, language (Arabic runs from the right), width and brand, chosen in the toolbar. */
import type { Decorator, Preview } from '@storybook/react-vite';
import type { ComponentType, ReactNode } from 'react';
import { ar } from '../../src/ui/messages/ar.js';
import { de } from '../../src/ui/messages/de.js';
import { createLanguage, english, type Language } from '../../src/ui/messages/Language.js';
import type { FrameSettings } from '../../src/ui/parts/Frame.js';
import './look.css';

export const globalTypes: Preview['globalTypes'] = {
  theme: { toolbar: { title: 'Theme', icon: 'mirror', items: ['light', 'dark'], dynamicTitle: true } },
  locale: {
    toolbar: {
      title: 'Language and direction',
      icon: 'transfer',
      items: [
        { value: 'en', title: 'English' },
        { value: 'de', title: 'Deutsch' },
        { value: 'ar', title: 'العربية, right to left' },
      ],
      dynamicTitle: true,
    },
  },
  width: { toolbar: { title: 'Width', icon: 'mobile', items: ['full', '320'], dynamicTitle: true } },
  brand: { toolbar: { title: 'Brand', icon: 'paintbrush', items: ['none', 'second'], dynamicTitle: true } },
};

export const initialGlobals = { theme: 'light', locale: 'en', width: 'full', brand: 'none' };

export interface Look {
  theme?: string;
  locale?: string;
  width?: string;
  brand?: string;
}

const languages: Record<string, Language> = { de: createLanguage('de', de), ar: createLanguage('ar', ar) };

/** What a story speaks. */
export const languageOf = ({ locale = 'en' }: Look): Language => languages[locale] ?? english;

/** The ground, in the theme and brand of the toolbar. */
export function Ground({ look, fit = 'card', children }: { look: Look; fit?: 'card' | 'inline'; children: ReactNode }) {
  const isNarrow = look.width === '320';
  const className = ['story-ground', look.brand === 'second' && 'story-brand', isNarrow && 'story-narrow'];
  return (
    <main className={className.filter(Boolean).join(' ')} data-mfa-theme={look.theme ?? 'light'} data-fit={fit}>
      {children}
    </main>
  );
}

/** The card of the dialog, standing still. */
export function Card({ language, children }: { language: Language; children: ReactNode }) {
  return (
    <div className="mfa-scrim story-card" dir={language.direction} lang={language.locale}>
      <div className="mfa-dialog">{children}</div>
    </div>
  );
}

/** Draws a part on the kit's own ground, in the look of the toolbar. */
export const partStory: { parameters: { layout: string }; decorators: Decorator[] } = {
  parameters: { layout: 'fullscreen' },
  decorators: [
    (Story, { globals }) => (
      <Ground look={globals} fit="inline">
        <section className="mfa-screen">
          <Story />
        </section>
      </Ground>
    ),
  ],
};

export const nothing = (): void => undefined;

/** What frames a screen in a story: a way out, and what the story adds. */
export const frameOf = (look: Look, frame: Partial<FrameSettings> = {}): FrameSettings => ({
  language: languageOf(look),
  hasCross: true,
  leave: { kind: 'cancel', onLeave: nothing },
  ...frame,
});

interface Framed {
  frame: FrameSettings;
}

/** What the arguments of a screen's story are: its props, with only what is special about its frame. */
export type ScreenArgs<TProps extends Framed> = Omit<TProps, 'frame'> & { frame?: Partial<FrameSettings> };

/** Draws a screen in the dialog's card, in the look of the toolbar. `words` adds props that are sentences. */
export function screenStory<TProps extends Framed>(
  View: ComponentType<TProps>,
  words: (language: Language) => Partial<TProps> = () => ({}),
) {
  return {
    parameters: { layout: 'fullscreen' },
    render: (args: ScreenArgs<TProps>, { globals }: { globals: Look }) => {
      const language = languageOf(globals);
      const props = { ...args, ...words(language), frame: frameOf(globals, args.frame) } as unknown as TProps;
      return (
        <Ground look={globals}>
          <Card language={language}>
            <View {...props} />
          </Card>
        </Ground>
      );
    },
  };
}

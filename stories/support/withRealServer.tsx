import type { Decorator, StoryContext } from '@storybook/react-vite';
import { MfaProvider, type MfaProviderProps } from 'mfa-kit';
import { createWorld, type World, type WorldOptions } from './createWorld.js';

/** What a story with these is given: `parameters: { world: { standing: 'waiting' } }`. */
export interface WorldParameters {
  world?: WorldOptions;
  provider?: Pick<MfaProviderProps, 'actions' | 'reauthenticate'>;
}

let current: World | undefined;

/** Starts the server of a story before it renders, and ends the one before it. */
export const worldLoader = async ({ parameters }: Pick<StoryContext, 'parameters'>): Promise<{ world: World }> => {
  await current?.close();
  current = await createWorld((parameters as WorldParameters).world);
  return { world: current };
};

/** The world a story was given; for its `play` function. */
export const worldOf = ({ loaded }: { loaded: Record<string, unknown> }): World => {
  const world = loaded.world;
  if (typeof world !== 'object' || world === null)
    throw new Error('This story has no world: add `loaders: [worldLoader]`.');
  return world as World;
};

/** Renders a story inside a provider whose client talks to the real server in this page. */
export const withRealServer: Decorator = (Story, context) => {
  const { client } = worldOf(context);
  const { theme, locale, nonce } = context.globals as { theme?: 'light' | 'dark'; locale?: string; nonce?: string };
  const { provider } = context.parameters as WorldParameters;
  return (
    <MfaProvider client={client} theme={theme} locale={locale} nonce={nonce} {...provider}>
      <Story />
    </MfaProvider>
  );
};

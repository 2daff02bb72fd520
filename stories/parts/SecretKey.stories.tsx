import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { english } from '../../src/ui/messages/Language.js';
import { SecretKey } from '../../src/ui/parts/SecretKey.js';
import { partStory } from '../support/look.js';

const meta: Meta<typeof SecretKey> = {
  title: 'parts/SecretKey',
  component: SecretKey,
  args: { language: english, secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
  ...partStory,
};
export default meta;
type Story = StoryObj<typeof SecretKey>;

export const Ready: Story = {};

/** Browsers refuse in insecure pages and by policy: it is told, and the key selected. */
export const CopyRefused: Story = {
  beforeEach: () => {
    const given = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
    return () => {
      if (given) Object.defineProperty(navigator, 'clipboard', given);
      else Reflect.deleteProperty(navigator, 'clipboard');
    };
  },
  play: async ({ canvasElement }) => {
    const screen = within(canvasElement);
    await userEvent.click(screen.getByRole('button'));
    await expect(await screen.findByText(/blocked copying/)).toBeVisible();
  },
};

import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import { QrImage } from '../../src/ui/parts/QrImage.js';
import { partStory } from '../support/look.js';

const meta: Meta<typeof QrImage> = {
  title: 'parts/QrImage',
  component: QrImage,
  args: {
    uri: 'otpauth://totp/Harbor:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Harbor',
    label: 'QR code that adds Harbor to your authenticator app',
  },
  ...partStory,
};
export default meta;
type Story = StoryObj<typeof QrImage>;

export const Drawn: Story = {
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('img')).toBeVisible();
  },
};
/** Nothing is drawn for an address that is no authenticator app’s. */
export const Refused: Story = { args: { uri: 'https://example.com/' } };

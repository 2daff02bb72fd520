import type { Meta, StoryObj } from '@storybook/react-vite';
import { fn } from 'storybook/test';
import { Button } from '../../src/ui/parts/Button.js';
import { Icon } from '../../src/ui/parts/Icon.js';
import { partStory } from '../support/look.js';

const meta: Meta<typeof Button> = {
  title: 'parts/Button',
  component: Button,
  args: { children: 'Continue', onClick: fn() },
  ...partStory,
};
export default meta;
type Story = StoryObj<typeof Button>;

export const Primary: Story = { args: { variant: 'primary' } };
export const Quiet: Story = {};
export const Danger: Story = { args: { variant: 'danger', children: 'Remove' } };
export const WithIcon: Story = { args: { icon: <Icon name="copy" size={18} />, children: 'Copy' } };
export const Pending: Story = { args: { variant: 'primary', isPending: true } };
export const NotYet: Story = { args: { variant: 'primary', 'aria-disabled': true, children: 'Finish' } };

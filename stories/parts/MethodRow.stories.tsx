import type { Meta, StoryObj } from '@storybook/react-vite';
import { fn } from 'storybook/test';
import { MethodRow } from '../../src/ui/parts/MethodRow.js';
import { part } from '../../src/ui/parts/part.js';
import { partStory } from '../support/look.js';

const meta: Meta<typeof MethodRow> = {
  title: 'parts/MethodRow',
  component: MethodRow,
  args: { icon: 'phone', name: 'Authenticator app', help: 'A 6-digit code from your app', onChoose: fn() },
  ...partStory,
  render: (args) => (
    <ul {...part('methods')}>
      <MethodRow {...args} />
    </ul>
  ),
};
export default meta;
type Story = StoryObj<typeof MethodRow>;

export const Ready: Story = {};
export const Recommended: Story = { args: { badge: 'Recommended' } };
export const Blocked: Story = { args: { reason: 'Paused after too many tries. Ready in 45 seconds' } };

import type { Meta, StoryObj } from '@storybook/react-vite';
import { ErrorMessage } from '../../src/ui/parts/ErrorMessage.js';
import { partStory } from '../support/look.js';

const meta: Meta<typeof ErrorMessage> = {
  title: 'parts/ErrorMessage',
  component: ErrorMessage,
  args: { children: 'That code didn’t match. 3 tries left.' },
  ...partStory,
};
export default meta;
type Story = StoryObj<typeof ErrorMessage>;

export const Failure: Story = {};
export const Advice: Story = { args: { tone: 'info', children: 'Tick the box to say that you have saved them.' } };
/** Its place is kept, so that nothing jumps. */
export const Silent: Story = { args: { children: undefined } };

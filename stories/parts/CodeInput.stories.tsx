import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { CodeInput } from '../../src/ui/parts/CodeInput.js';
import { partStory } from '../support/look.js';

const meta: Meta<typeof CodeInput> = {
  title: 'parts/CodeInput',
  component: CodeInput,
  args: { label: '6-digit code', onComplete: fn() },
  ...partStory,
};
export default meta;
type Story = StoryObj<typeof CodeInput>;

export const Empty: Story = {};

export const Typed: Story = {
  play: async ({ canvasElement, args }) => {
    await userEvent.type(within(canvasElement).getByLabelText('6-digit code'), '123456');
    await expect(args.onComplete).toHaveBeenCalledWith('123456');
  },
};

export const Pasted: Story = {
  play: async ({ canvasElement, args }) => {
    await userEvent.click(within(canvasElement).getByLabelText('6-digit code'));
    await userEvent.paste('Your code: 123 456');
    await expect(args.onComplete).toHaveBeenCalledWith('123456');
  },
};

export const Pending: Story = { args: { state: 'pending' } };
export const Wrong: Story = { args: { state: 'wrong' } };
export const Done: Story = { args: { state: 'done' } };

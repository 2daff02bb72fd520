import type { Meta, StoryObj } from '@storybook/react-vite';
import { SuccessView, type SuccessViewProps } from '../../src/ui/screens/views/SuccessView.js';
import { type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<SuccessViewProps>;

const meta: Meta<Args> = {
  title: 'screens/Success',
  ...screenStory<SuccessViewProps>(SuccessView),
};
export default meta;
type Story = StoryObj<Args>;

export const Enrolled: Story = { args: { task: 'enrolled' } };
export const Verified: Story = { args: { task: 'verified' } };
export const CodesSaved: Story = { args: { task: 'codesSaved' } };

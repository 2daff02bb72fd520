import type { Meta, StoryObj } from '@storybook/react-vite';
import { SignInAgainView, type SignInAgainViewProps } from '../../src/ui/screens/views/SignInAgainView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<SignInAgainViewProps>;

const meta: Meta<Args> = {
  title: 'screens/SignInAgain',
  args: { onSignInAgain: nothing },
  ...screenStory<SignInAgainViewProps>(SignInAgainView),
};
export default meta;
type Story = StoryObj<Args>;

export const Ready: Story = {};
export const SigningOut: Story = { args: { isPending: true } };

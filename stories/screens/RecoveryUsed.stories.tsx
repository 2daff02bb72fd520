import type { Meta, StoryObj } from '@storybook/react-vite';
import { RecoveryUsedView, type RecoveryUsedViewProps } from '../../src/ui/screens/views/RecoveryUsedView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<RecoveryUsedViewProps>;

const meta: Meta<Args> = {
  title: 'screens/RecoveryUsed',
  args: {
    left: 9,
    onReplace: nothing,
    onAddPasskey: nothing,
    onNewCodes: nothing,
    onContinue: nothing,
    frame: { leave: undefined, hasCross: false },
  },
  ...screenStory<RecoveryUsedViewProps>(RecoveryUsedView),
};
export default meta;
type Story = StoryObj<Args>;

export const NineLeft: Story = {};
export const TwoLeft: Story = { args: { left: 2 } };
/** Whose passkey is lost has no app to move. */
export const WithoutAnApp: Story = { args: { left: 3, onReplace: undefined } };
export const OneLeft: Story = { args: { left: 1 } };
/** Nobody leaves here without codes and without an app. */
export const NoneLeft: Story = { args: { left: 0, frame: { leave: { kind: 'logOut', onLeave: nothing } } } };

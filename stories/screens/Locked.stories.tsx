import type { Meta, StoryObj } from '@storybook/react-vite';
import { LockedView, type LockedViewProps } from '../../src/ui/screens/views/LockedView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<LockedViewProps>;

const meta: Meta<Args> = {
  title: 'screens/Locked',
  args: {
    left: 42,
    total: 60,
    ways: [{ method: 'recovery' }],
    onChoose: nothing,
    onResume: nothing,
    frame: { leave: { kind: 'logOut', onLeave: nothing } },
  },
  ...screenStory<LockedViewProps>(LockedView),
};
export default meta;
type Story = StoryObj<Args>;

export const UnderAMinute: Story = {};
export const WithAPasskey: Story = { args: { ways: [{ method: 'passkey' }, { method: 'recovery' }] } };
export const AnHour: Story = { args: { left: 3480, total: 3600 } };
export const NothingElse: Story = { args: { ways: [] } };
export const Over: Story = { args: { left: 0 } };
export const Suspended: Story = { args: { left: undefined } };
export const SuspendedAlone: Story = { args: { left: undefined, ways: [], support: 'help@harbor.example' } };

import type { Meta, StoryObj } from '@storybook/react-vite';
import { type Failure, sayRecoveryFailure } from '../../src/ui/messages/failure.js';
import {
  EnterBackupCodesView,
  type EnterBackupCodesViewProps,
} from '../../src/ui/screens/views/EnterBackupCodesView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<EnterBackupCodesViewProps>;

const meta: Meta<Args> = {
  title: 'screens/EnterBackupCodes',
  args: {
    onSubmit: nothing,
    frame: { leave: { kind: 'logOut', onLeave: nothing }, onAnotherWay: nothing, onBack: nothing },
  },
  ...screenStory<EnterBackupCodesViewProps>(EnterBackupCodesView),
};
export default meta;
type Story = StoryObj<Args>;

const failing = (failure: Failure): Story => ({
  args: { isRefused: failure.kind === 'wrong' || failure.kind === 'used' },
  ...screenStory<EnterBackupCodesViewProps>(EnterBackupCodesView, (language) => ({
    error: sayRecoveryFailure(language, failure),
  })),
});

export const Empty: Story = {};
export const WithSupport: Story = { args: { support: 'help@harbor.example' } };
export const ForAnAction: Story = {
  args: {
    frame: { onAnotherWay: nothing, approval: { title: 'Send a payment', singleUse: true, details: '12 € to Ada' } },
  },
};
export const Pending: Story = { args: { status: 'pending' } };
export const Wrong: Story = failing({ kind: 'wrong', attemptsLeft: 4 });
export const TwoTriesLeft: Story = failing({ kind: 'wrong', attemptsLeft: 2 });
export const AlreadyUsed: Story = failing({ kind: 'used' });
export const Offline: Story = failing({ kind: 'offline' });
export const ServerFailed: Story = failing({ kind: 'server' });

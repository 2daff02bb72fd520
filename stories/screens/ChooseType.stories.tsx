import type { Meta, StoryObj } from '@storybook/react-vite';
import { sayFailure } from '../../src/ui/messages/failure.js';
import { ChooseTypeView, type ChooseTypeViewProps } from '../../src/ui/screens/views/ChooseTypeView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<ChooseTypeViewProps>;

const meta: Meta<Args> = {
  title: 'screens/ChooseType',
  args: { task: 'verify', onChoose: nothing },
  ...screenStory<ChooseTypeViewProps>(ChooseTypeView),
};
export default meta;
type Story = StoryObj<Args>;

export const Enrol: Story = {
  args: { task: 'enrol', ways: [{ method: 'passkey', isRecommended: true }, { method: 'totp' }] },
};

export const Verify: Story = {
  args: { ways: [{ method: 'totp', isRecommended: true }, { method: 'recovery' }] },
};

export const VerifyWithAll: Story = {
  args: { ways: [{ method: 'passkey', isRecommended: true }, { method: 'totp' }, { method: 'recovery' }] },
};

export const EnrolWithoutPasskeys: Story = {
  args: {
    task: 'enrol',
    ways: [
      { method: 'passkey', blocked: 'unsupported' },
      { method: 'totp', isRecommended: true },
    ],
  },
};

/** What cannot be used just now says why, and stays in its place. */
export const SomeBlocked: Story = {
  args: {
    ways: [
      { method: 'passkey', blocked: 'unsupported' },
      { method: 'totp', blocked: 'locked', retryAfter: 45 },
      { method: 'recovery', isRecommended: true },
    ],
  },
};

export const AllBlocked: Story = {
  args: {
    ways: [
      { method: 'totp', blocked: 'suspended' },
      { method: 'recovery', blocked: 'empty' },
    ],
  },
};

export const NothingThere: Story = { args: { ways: [] } };

export const Loading: Story = { args: { ways: undefined } };

export const Offline: Story = {
  args: { ways: [] },
  ...screenStory<ChooseTypeViewProps>(ChooseTypeView, (language) => ({
    error: sayFailure(language, { kind: 'offline' }),
  })),
};

/** A session that waits has one way out. */
export const InSession: Story = {
  args: {
    ways: [{ method: 'totp', isRecommended: true }, { method: 'recovery' }],
    frame: { leave: { kind: 'logOut', onLeave: nothing }, onBack: nothing },
  },
};

import type { Meta, StoryObj } from '@storybook/react-vite';
import { sayFailure } from '../../src/ui/messages/failure.js';
import { PasskeySavedView, type PasskeySavedViewProps } from '../../src/ui/screens/views/PasskeySavedView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<PasskeySavedViewProps>;

const meta: Meta<Args> = {
  title: 'screens/PasskeySaved',
  args: {
    place: { kind: 'cloud', provider: 'Google Password Manager', isSynced: true },
    onContinue: nothing,
    frame: { leave: { kind: 'close', onLeave: nothing } },
  },
  ...screenStory<PasskeySavedViewProps>(PasskeySavedView),
};
export default meta;
type Story = StoryObj<Args>;

export const Synced: Story = {};
/** Its maker does not say who it is. */
export const SyncedSomewhere: Story = { args: { place: { kind: 'cloud', isSynced: true } } };
export const OnThisComputer: Story = {
  args: { place: { kind: 'computer', provider: 'Windows Hello', isSynced: false } },
};
export const OnAPhone: Story = { args: { place: { kind: 'phone', isSynced: false } } };
export const OnASecurityKey: Story = { args: { place: { kind: 'key', provider: 'YubiKey 5 NFC', isSynced: false } } };
/** Another server does not say whether it is synced. */
export const NothingKnown: Story = { args: { place: { kind: 'computer' } } };
export const Saving: Story = { args: { isPending: true } };
export const NameNotTaken: Story = {
  ...screenStory<PasskeySavedViewProps>(PasskeySavedView, (language) => ({
    error: sayFailure(language, { kind: 'network' }),
  })),
};

import type { Meta, StoryObj } from '@storybook/react-vite';
import { userEvent, within } from 'storybook/test';
import { type Failure, sayFailure } from '../../src/ui/messages/failure.js';
import {
  ManageDevicesView,
  type ManageDevicesViewProps,
  type ManagedDevice,
} from '../../src/ui/screens/views/ManageDevicesView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<ManageDevicesViewProps>;

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const app: ManagedDevice = { id: 'a', addedAt: '2026-01-31T09:00:00Z', lastUsedAt: daysAgo(1), isDefault: true };
const second: ManagedDevice = { id: 'b', name: 'Work phone', addedAt: '2026-03-02T09:00:00Z', lastUsedAt: null };

const meta: Meta<Args> = {
  title: 'screens/ManageDevices',
  args: {
    devices: [app],
    codesLeft: 9,
    onAdd: nothing,
    onReplace: nothing,
    onRemove: nothing,
    onMakeDefault: nothing,
    onNewCodes: nothing,
    onRetry: nothing,
    frame: { leave: { kind: 'close', onLeave: nothing } },
  },
  ...screenStory<ManageDevicesViewProps>(ManageDevicesView),
};
export default meta;
type Story = StoryObj<Args>;

const failing = (failure: Failure, args: Partial<Args>): Story => ({
  args,
  ...screenStory<ManageDevicesViewProps>(ManageDevicesView, (language) => ({ error: sayFailure(language, failure) })),
});

export const OneApp: Story = {};
export const TwoApps: Story = { args: { devices: [app, second] } };
export const CodesRunningLow: Story = { args: { codesLeft: 2 } };
export const NoCodesLeft: Story = { args: { codesLeft: 0 } };
export const Empty: Story = { args: { devices: [] } };
export const Loading: Story = { args: { devices: undefined } };
/** The only one stays where a second step is required, and the row says why. */
export const LastOneRequired: Story = { args: { isRequired: true } };
export const Removing: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /Remove|Entfernen|إزالة/ }));
  },
};
export const LongName: Story = {
  args: { devices: [{ ...app, name: 'Maximilianes privates Telefon mit dem gesprungenen Display' }] },
};
export const RemovalFailed: Story = failing({ kind: 'last' }, {});
export const Offline: Story = failing({ kind: 'offline' }, { devices: undefined });

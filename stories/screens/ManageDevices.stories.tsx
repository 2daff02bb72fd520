import type { Meta, StoryObj } from '@storybook/react-vite';
import { userEvent, within } from 'storybook/test';
import { type Failure, sayFailure } from '../../src/ui/messages/failure.js';
import { ManageDevicesView, type ManageDevicesViewProps } from '../../src/ui/screens/views/ManageDevicesView.js';
import type { ManagedDevice } from '../../src/ui/screens/views/ManagedApp.js';
import type { ManagedPasskeyItem } from '../../src/ui/screens/views/ManagedPasskey.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<ManageDevicesViewProps>;

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const app: ManagedDevice = { id: 'a', addedAt: '2026-01-31T09:00:00Z', lastUsedAt: daysAgo(1), isDefault: true };
const second: ManagedDevice = { id: 'b', name: 'Work phone', addedAt: '2026-03-02T09:00:00Z', lastUsedAt: null };
const synced: ManagedPasskeyItem = {
  id: 'p',
  place: { kind: 'cloud', provider: 'Google Password Manager', isSynced: true },
  addedAt: '2026-02-14T09:00:00Z',
  lastUsedAt: daysAgo(2),
};
const key: ManagedPasskeyItem = {
  id: 'k',
  name: 'Key on my keyring',
  place: { kind: 'key', provider: 'YubiKey 5 NFC', isSynced: false },
  addedAt: '2026-03-01T09:00:00Z',
  lastUsedAt: null,
};

const meta: Meta<Args> = {
  title: 'screens/ManageDevices',
  args: {
    devices: [app],
    passkeys: [],
    codesLeft: 9,
    addable: ['passkey'],
    onAdd: nothing,
    onReplace: nothing,
    onRemove: nothing,
    onMakeDefault: nothing,
    onRenamePasskey: async () => true,
    onRemovePasskey: nothing,
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
/** A passkey is what a person is best helped with; the app is the other way. */
export const Empty: Story = { args: { devices: [], addable: ['passkey', 'totp'] } };
export const EmptyWithoutPasskeys: Story = { args: { devices: [], addable: ['totp', 'passkey'] } };
export const Loading: Story = { args: { devices: undefined, passkeys: undefined } };
export const AppAndPasskey: Story = { args: { passkeys: [synced] } };
export const OnlyAPasskey: Story = { args: { devices: [], passkeys: [synced], addable: ['passkey', 'totp'] } };
export const SeveralPasskeys: Story = {
  args: { passkeys: [synced, key, { id: 'u', place: { kind: 'phone' }, addedAt: '2026-03-02T09:00:00Z' }] },
};
export const LastPasskeyRequired: Story = {
  args: { devices: [], passkeys: [key], isRequired: true, addable: ['passkey', 'totp'] },
};
export const RenamingAPasskey: Story = {
  args: { passkeys: [synced] },
  play: async ({ canvasElement }) => {
    const [button] = within(canvasElement).getAllByRole('button', { name: /Rename|Umbenennen|إعادة التسمية/ });
    if (button) await userEvent.click(button);
  },
};
export const RemovingAPasskey: Story = {
  args: { passkeys: [synced] },
  play: async ({ canvasElement }) => {
    const [button] = within(canvasElement).getAllByRole('button', { name: /Remove|Entfernen|إزالة/ });
    if (button) await userEvent.click(button);
  },
};
/** A browser that cannot tell the password manager leaves that to the person. */
export const PasskeyRemoved: Story = {
  ...screenStory<ManageDevicesViewProps>(ManageDevicesView, (language) => ({
    notice: language.say('manage.removed', { name: 'Bitwarden' }),
  })),
};
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
export const Offline: Story = failing({ kind: 'offline' }, { devices: undefined, passkeys: undefined });

import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { type Failure, sayFailure } from '../../src/ui/messages/failure.js';
import { ViewBackupCodesView, type ViewBackupCodesViewProps } from '../../src/ui/screens/views/ViewBackupCodesView.js';
import { nothing, type ScreenArgs, screenStory } from '../support/look.js';

type Args = ScreenArgs<ViewBackupCodesViewProps>;

const codes = [
  '7K3Q9TXB2MWD5HPR',
  'C8N4V6YZ1FGJ0ASE',
  'M2W9D5HPR7K3QTXB',
  '4V6YZ1FGJ0ASEC8N',
  'HPR7K3Q9TXB2MWD5',
  'GJ0ASEC8N4V6YZ1F',
  'TXB2MWD5HPR7K3Q9',
  'YZ1FGJ0ASEC8N4V6',
  'D5HPR7K3Q9TXB2MW',
  'SEC8N4V6YZ1FGJ0A',
];

const meta: Meta<Args> = {
  title: 'screens/ViewBackupCodes',
  args: {
    codes,
    isNewSet: false,
    owner: { app: 'Harbor', user: 'ada@example.com' },
    onRetry: nothing,
    onNewCodes: nothing,
    onDone: nothing,
    onFinish: nothing,
    frame: { leave: { kind: 'logOut', onLeave: nothing } },
  },
  ...screenStory<ViewBackupCodesViewProps>(ViewBackupCodesView),
};
export default meta;
type Story = StoryObj<Args>;

const failing = (failure: Failure, args: Partial<Args> = { codes: undefined }): Story => ({
  args,
  ...screenStory<ViewBackupCodesViewProps>(ViewBackupCodesView, (language) => ({
    error: sayFailure(language, failure),
  })),
});

export const Ready: Story = {};
export const NewSet: Story = { args: { isNewSet: true, frame: { leave: { kind: 'cancel', onLeave: nothing } } } };

/** Written down and ticked: the primary button comes alive. */
export const Saved: Story = {
  play: async ({ canvasElement }) => {
    const screen = within(canvasElement);
    const finish = screen.getByRole('button', { name: /Finish|Fertig|إنهاء/ });
    await expect(finish).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(screen.getByRole('button', { name: /wrote|aufgeschrieben|ورقة/ }));
    await userEvent.click(screen.getByRole('checkbox'));
    await expect(finish).toHaveAttribute('aria-disabled', 'false');
  },
};

/** Pressed too early, it says what is missing. */
export const NotSavedYet: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /Finish|Fertig|إنهاء/ }));
  },
};

export const Finishing: Story = { args: { status: 'pending' } };
export const Loading: Story = { args: { codes: undefined } };
export const AlreadySaved: Story = { args: { codes: [], left: 7 } };
export const Offline: Story = failing({ kind: 'offline' });
export const ServerFailed: Story = failing({ kind: 'server' });
export const NoCodes: Story = failing({ kind: 'noCodes' });
export const FinishFailed: Story = failing({ kind: 'network' }, {});

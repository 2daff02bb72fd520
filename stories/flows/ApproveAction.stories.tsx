import type { Meta, StoryObj } from '@storybook/react-vite';
import type { MfaActionTexts } from 'mfa-kit';
import { expect, screen, userEvent, waitFor, within } from 'storybook/test';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { dialog, fingerprint, press, pressWhenReady, saveCodes, scan, typeCode, typeRecoveryCode } from './steps.js';
import { Treasury } from './Treasury.js';

const actions: MfaActionTexts = {
  'transfer.send': {
    title: 'Send a payment',
    describe: ({ amount, to }) => [
      { label: 'Amount', value: `${amount} €` },
      { label: 'To', value: String(to) },
    ],
  },
};
const sending = { action: 'transfer.send', required: true, tokenBehavior: 'single_use' } as const;

/** A form whose call is approved on the way: its result arrives where it is awaited, whatever lies in between. */
const meta: Meta<typeof Treasury> = {
  title: 'flows/ApproveAction',
  decorators: [withRealServer],
  loaders: [worldLoader],
  render: (_, context) => <Treasury world={worldOf(context)} />,
  parameters: {
    world: { policy: { enrollment: 'action', actions: [sending] } },
    provider: { actions },
  },
};
export default meta;
type Story = StoryObj<typeof Treasury>;

const worldWith = (world: object, action: object = sending) => ({
  world: { policy: { enrollment: 'action', actions: [action] }, ...world },
});

const send = async () => {
  await userEvent.type(await screen.findByLabelText('Amount'), '1200');
  await userEvent.type(screen.getByLabelText('To'), 'Nordlicht GmbH');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
};

const expectApproval = async (sentence: string | RegExp) => {
  const block = (await (await dialog()).findByText(sentence)).closest<HTMLElement>('[data-mfa-part="approval"]');
  if (!block) throw new Error('no approval is shown');
  await expect(within(block).getByText('1200 €')).toBeInTheDocument();
  await expect(within(block).getByText('Nordlicht GmbH')).toBeInTheDocument();
};

/** The form still says what was sent, and it was sent once. */
const expectSent = async () => {
  await screen.findByText('Sent. 1 in the ledger.');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await expect(screen.getByLabelText('To')).toHaveValue('Nordlicht GmbH');
};

export const WithTheApp: Story = {
  play: async (context) => {
    await send();
    await expectApproval('To approve: Send a payment');
    await expect((await dialog()).getByText('Counts once')).toBeInTheDocument();
    await typeCode(worldOf(context).app?.code() ?? '');
    await expectSent();
  },
};

export const WithABackupCode: Story = {
  play: async (context) => {
    await send();
    await press('Try another way');
    await typeRecoveryCode(worldOf(context).codes[0] ?? '');
    await screen.findByText('Sent. 1 in the ledger.');
    await press('Continue');
    await expectSent();
  },
};

/** Nothing is enrolled: the same call waits for a QR code, a first code and ten codes saved. */
export const EnrolledFirst: Story = {
  parameters: worldWith({ standing: 'newcomer' }),
  play: async (context) => {
    const world = worldOf(context);
    await send();
    await press(/^Authenticator app/);
    await expectApproval('Add a second step first, then you approve: Send a payment');
    const app = await scan(world);
    await press('Continue');
    await typeCode(app.code());
    await saveCodes();
    await expectSent();
  },
};

/** The sign-in is a while ago: the first factor is asked for in place. */
export const InAnOldSession: Story = {
  parameters: worldWith({ standing: 'newcomer' }),
  play: async (context) => {
    const world = worldOf(context);
    world.advance(400);
    await send();
    await press(/^Authenticator app/);
    await press('Send code');
    await typeCode(world.emailCode());
    const app = await scan(world);
    await press('Continue');
    await typeCode(app.code());
    await saveCodes();
    await expectSent();
  },
};

/** Only a passkey is enough and there is none: the app lets one be added, and that one approves. */
export const OnlyAPasskey: Story = {
  parameters: worldWith({ hasAuthenticator: true }, { ...sending, minLevel: 'phr' }),
  play: async (context) => {
    const { app, authenticator, advance } = worldOf(context);
    if (!authenticator) return;
    advance(400);
    await send();
    await expectApproval(/^Only a passkey is enough for this/);
    await typeCode(app?.code() ?? '');
    await pressWhenReady(fingerprint);
    await press('Continue');
    await expectSent();
  },
};

export const Cancelled: Story = {
  play: async () => {
    await send();
    await expectApproval('To approve: Send a payment');
    await press('Cancel');
    await screen.findByText('Not sent.');
    await expect(screen.getByLabelText('Amount')).toHaveValue('1200');
    await expect(screen.getByLabelText('To')).toHaveValue('Nordlicht GmbH');
  },
};

import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, screen, userEvent, within } from 'storybook/test';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { Application } from './Application.js';
import { atRest, dialog, fingerprint, press, pressWhenReady, scan, typeCode } from './steps.js';

/** Somebody who has one second step adds the other in management; each stays, and nothing is asked twice. */
const meta: Meta<typeof Application> = {
  title: 'flows/AddSecondMethod',
  component: Application,
  decorators: [withRealServer],
  loaders: [worldLoader],
};
export default meta;

const manage = async (): Promise<void> => {
  await userEvent.click(await screen.findByRole('button', { name: 'Security' }));
};

/** How many ways are in the list, backup codes among them. */
const expectWays = async (count: number): Promise<void> => {
  const list = await (await dialog()).findByRole('list', { name: /ways to confirm/ });
  await expect(within(list).getAllByRole('listitem')).toHaveLength(count);
  await atRest();
};

export const APasskeyBesideTheApp: StoryObj<typeof Application> = {
  parameters: { world: { hasAuthenticator: true } },
  play: async (context) => {
    await manage();
    await press('Add a passkey');
    if (!worldOf(context).authenticator) return;
    await pressWhenReady(fingerprint);
    await press('Continue');
    await (await dialog()).findByText(/^Passkey/);
    await expectWays(3);
  },
};

export const TheAppBesideAPasskey: StoryObj<typeof Application> = {
  parameters: { world: { factors: ['passkey'] } },
  play: async (context) => {
    const world = worldOf(context);
    if (!world.authenticator) return;
    await manage();
    await press('Add another way');
    await press(/^Authenticator app/);
    const app = await scan(world);
    await press('Continue');
    await typeCode(app.code());
    await (await dialog()).findByText('Authenticator app');
    await expectWays(3);
  },
};

/** The last proof is a while ago: it is asked for on the way, with what is there, and the adding then goes on by itself. */
export const AfterAWhile: StoryObj<typeof Application> = {
  parameters: { world: { hasAuthenticator: true } },
  play: async (context) => {
    const world = worldOf(context);
    world.advance(600);
    await manage();
    await press('Add a passkey');
    await typeCode(world.app?.code() ?? '');
    await (await dialog()).findByRole('heading', { name: 'Create a passkey' });
    if (!world.authenticator) return;
    await pressWhenReady(fingerprint);
    await press('Continue');
    await expectWays(3);
  },
};

import type { Meta, StoryObj } from '@storybook/react-vite';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { Application } from './Application.js';
import { dialog, expectIn, fingerprint, press, pressWhenReady, typeRecoveryCode } from './steps.js';

/** Somebody with a passkey signs in again. Where the browser has no authenticator for us, they make one first. */
const meta: Meta<typeof Application> = {
  title: 'flows/PasskeyVerify',
  component: Application,
  decorators: [withRealServer],
  loaders: [worldLoader],
  parameters: { world: { standing: 'waiting', factors: ['passkey'] } },
};
export default meta;

export const WithOneTouch: StoryObj<typeof Application> = {
  play: async (context) => {
    if (!worldOf(context).authenticator) return;
    await pressWhenReady(fingerprint);
    await expectIn();
  },
};

/** The fingerprint is not recognized at first. */
export const AtTheSecondTry: StoryObj<typeof Application> = {
  play: async (context) => {
    const { authenticator } = worldOf(context);
    if (!authenticator) return;
    await authenticator.recognize(false);
    await pressWhenReady(fingerprint);
    await (await dialog()).findByText(/That was cancelled/);
    await authenticator.recognize(true);
    await pressWhenReady('Try again');
    await expectIn();
  },
};

export const WithABackupCode: StoryObj<typeof Application> = {
  play: async (context) => {
    const { authenticator, codes } = worldOf(context);
    if (!authenticator) return;
    await press('Try another way');
    await typeRecoveryCode(codes[0] ?? '');
    await (await dialog()).findByRole('button', { name: /^Add a passkey/ });
    await press('Continue');
    await expectIn();
  },
};

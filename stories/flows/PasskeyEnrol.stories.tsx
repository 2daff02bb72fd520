import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { Application } from './Application.js';
import { dialog, expectIn, fingerprint, press, pressWhenReady, saveCodes } from './steps.js';

/**
 * A newcomer makes a passkey, against the real server running in this page. In a Storybook that somebody has opened the
 * browser's own sheet comes up, and nothing happens before it is answered.
 */
const meta: Meta<typeof Application> = {
  title: 'flows/PasskeyEnrol',
  component: Application,
  decorators: [withRealServer],
  loaders: [worldLoader],
  parameters: { world: { standing: 'newcomer', hasAuthenticator: true } },
};
export default meta;

export const FromSignUpToSavedCodes: StoryObj<typeof Application> = {
  play: async (context) => {
    const { authenticator } = worldOf(context);
    await press(/^Passkey/);
    const view = await dialog();
    await view.findByText(/saved in your password manager/);
    if (!authenticator) return;
    await authenticator.recognize(false);
    await pressWhenReady(fingerprint);
    await view.findByText(/That was cancelled/);
    await authenticator.recognize(true);
    await pressWhenReady('Try again');
    await view.findByRole('heading', { name: 'Your passkey is saved' });
    await press('Continue');
    await expect(await saveCodes()).toHaveLength(10);
    await expectIn();
  },
};

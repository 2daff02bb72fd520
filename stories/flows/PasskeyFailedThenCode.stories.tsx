import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { Application } from './Application.js';
import { dialog, expectIn, fingerprint, press, pressWhenReady, typeCode } from './steps.js';

/** The passkey does not work out, and the person chooses the app: the same prompt goes on, and nothing is begun for them. */
const meta: Meta<typeof Application> = {
  title: 'flows/PasskeyFailedThenCode',
  component: Application,
  decorators: [withRealServer],
  loaders: [worldLoader],
  parameters: { world: { standing: 'waiting', factors: ['app', 'passkey'] } },
};
export default meta;

export const FromPasskeyToCode: StoryObj<typeof Application> = {
  play: async (context) => {
    const { app, authenticator } = worldOf(context);
    if (!authenticator) return;
    await authenticator.recognize(false);
    await pressWhenReady(fingerprint);
    const view = await dialog();
    await view.findByText(/That was cancelled/);
    await expect(view.queryByLabelText('6-digit code')).toBeNull();
    await press('Try another way');
    await press(/^Authenticator app/);
    await typeCode(app?.code() ?? '');
    await expectIn();
  },
};

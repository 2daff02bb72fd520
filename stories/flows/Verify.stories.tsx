import type { Meta, StoryObj } from '@storybook/react-vite';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { Application } from './Application.js';
import { atRest, dialog, expectIn, press, typeCode, typeRecoveryCode } from './steps.js';

/** Somebody with an authenticator app signs in again, against the real server running in this page. */
const meta: Meta<typeof Application> = {
  title: 'flows/Verify',
  component: Application,
  decorators: [withRealServer],
  loaders: [worldLoader],
  parameters: { world: { standing: 'waiting' } },
};
export default meta;

export const WithTheApp: StoryObj<typeof Application> = {
  play: async (context) => {
    const { app } = worldOf(context);
    await typeCode(app?.wrongCode() ?? '');
    await (await dialog()).findByText(/That code didn’t match/);
    await typeCode(app?.code() ?? '');
    await expectIn();
  },
};

export const WithABackupCode: StoryObj<typeof Application> = {
  play: async (context) => {
    await press('Try another way');
    await typeRecoveryCode(worldOf(context).codes[0] ?? '');
    await (await dialog()).findByText('You have 9 backup codes left.');
    await press('Continue');
    await expectIn();
  },
};

export const WithTheLastBackupCode: StoryObj<typeof Application> = {
  parameters: { world: { standing: 'waiting', codesLeft: 1 } },
  play: async (context) => {
    await press('Try another way');
    await typeRecoveryCode(worldOf(context).codes[0] ?? '');
    await (await dialog()).findByText(/That was your last backup code/);
    await atRest();
  },
};

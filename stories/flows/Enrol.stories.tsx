import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { Application } from './Application.js';
import { dialog, expectIn, press, saveCodes, scan, typeCode } from './steps.js';

/** A newcomer sets up an authenticator app, against the real server running in this page. */
const meta: Meta<typeof Application> = {
  title: 'flows/Enrol',
  component: Application,
  decorators: [withRealServer],
  loaders: [worldLoader],
  parameters: { world: { standing: 'newcomer' } },
};
export default meta;

export const FromSignUpToSavedCodes: StoryObj<typeof Application> = {
  play: async (context) => {
    await press(/^Authenticator app/);
    const app = await scan(worldOf(context));
    await press('Continue');
    await typeCode(app.wrongCode());
    await (await dialog()).findByText(/That code didn’t match/);
    await typeCode(app.code());
    await expect(await saveCodes()).toHaveLength(10);
    await expectIn();
  },
};

/** The page was reloaded, or the tab closed, before the codes were saved. */
export const CodesLeftUnsaved: StoryObj<typeof Application> = {
  parameters: { world: { standing: 'codesUnsaved' } },
  play: async () => {
    await expect(await saveCodes()).toHaveLength(10);
    await expectIn();
  },
};

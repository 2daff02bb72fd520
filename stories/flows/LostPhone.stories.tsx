import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { withRealServer, worldLoader, worldOf } from '../support/withRealServer.js';
import { Application } from './Application.js';
import { expectIn, press, saveCodes, scan, typeCode, typeRecoveryCode } from './steps.js';

/** A recovery code, a new app, new codes: the old ones are dead afterwards, and never is nothing good. */
const meta: Meta<typeof Application> = {
  title: 'flows/LostPhone',
  component: Application,
  decorators: [withRealServer],
  loaders: [worldLoader],
  parameters: { world: { standing: 'waiting' } },
};
export default meta;

export const FromRecoveryCodeToNewPhone: StoryObj<typeof Application> = {
  play: async (context) => {
    const world = worldOf(context);
    await press('Try another way');
    await typeRecoveryCode(world.codes[0] ?? '');
    await press(/Set up a new authenticator app/);
    const found = await scan(world);
    await expect(found.secret).not.toBe(world.app?.secret);
    await press('Continue');
    await typeCode(found.code());
    const renewed = await saveCodes();
    await expect(renewed).toHaveLength(10);
    await expect(renewed.filter((code) => world.codes.includes(code))).toEqual([]);
    await expectIn();
  },
};

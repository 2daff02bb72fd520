import type { Meta, StoryObj } from '@storybook/react-vite';
import { english } from '../../src/ui/messages/Language.js';
import { CountdownRing } from '../../src/ui/parts/CountdownRing.js';
import { Skeleton } from '../../src/ui/parts/Skeleton.js';
import { SuccessMark } from '../../src/ui/parts/SuccessMark.js';
import { partStory } from '../support/look.js';

/** What stands on the screen while something is awaited, and when it has come. */
const meta: Meta = { title: 'parts/Waiting', ...partStory };
export default meta;
type Story = StoryObj;

export const Ring: Story = { render: () => <CountdownRing language={english} left={42} total={60} /> };
export const SmallRing: Story = {
  render: () => <CountdownRing language={english} left={18} total={30} size={20} hasFigures={false} />,
};
export const SkeletonOfRows: Story = { render: () => <Skeleton of="rows" label="Loading" /> };
export const SkeletonOfQr: Story = { render: () => <Skeleton of="qr" label="Loading" /> };
export const SkeletonOfCodes: Story = { render: () => <Skeleton of="codes" label="Loading" /> };
export const Tick: Story = { render: () => <SuccessMark /> };

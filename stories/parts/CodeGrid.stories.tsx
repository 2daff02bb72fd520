import type { Meta, StoryObj } from '@storybook/react-vite';
import { CodeGrid } from '../../src/ui/parts/CodeGrid.js';
import { partStory } from '../support/look.js';

const codes = Array.from({ length: 10 }, (_, at) => `7K3Q9TXB2MWD5HP${at}`);

const meta: Meta<typeof CodeGrid> = {
  title: 'parts/CodeGrid',
  component: CodeGrid,
  args: { codes, label: 'Backup codes' },
  ...partStory,
};
export default meta;
type Story = StoryObj<typeof CodeGrid>;

export const Ten: Story = {};
/** As other servers give them. */
export const TenSymbolsEach: Story = { args: { codes: codes.map((code) => code.slice(0, 10).toLowerCase()) } };

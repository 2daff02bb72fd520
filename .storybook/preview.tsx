import type { Preview } from '@storybook/react-vite';
import 'mfa-kit/styles.css';
import { globalTypes, initialGlobals } from '../stories/support/look.js';

const preview: Preview = {
  globalTypes,
  initialGlobals,
  parameters: {
    // A violation fails the story's test.
    a11y: { test: 'error' },
    controls: { expanded: true },
    options: { storySort: { order: ['parts', 'screens', 'flows'] } },
  },
};

export default preview;

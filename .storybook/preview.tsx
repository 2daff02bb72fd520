import type { Preview } from '@storybook/react-vite';
import 'mfa-kit/styles.css';

const preview: Preview = {
  parameters: {
    // A violation fails the story's test.
    a11y: { test: 'error' },
    controls: { expanded: true },
    options: { storySort: { order: ['parts', 'screens', 'flows'] } },
  },
};

export default preview;

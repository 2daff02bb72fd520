/** Takes down what a test rendered; in Chromium without act(), because real events come from outside of React's reach. */
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A busy machine loads a screen in more than the second that is the default; a test that is right never waits this long.
configure({ asyncUtilTimeout: 8_000 });

afterEach(cleanup);

/** Takes down what a test rendered; in Chromium without act(), because real events come from outside of React's reach. */
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

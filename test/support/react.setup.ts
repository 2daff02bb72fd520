/** What Testing Library does by itself where test functions are globals; here they are imported. */
import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';

const scope: { IS_REACT_ACT_ENVIRONMENT?: boolean } = globalThis as typeof globalThis & {
  IS_REACT_ACT_ENVIRONMENT?: boolean;
};

beforeAll(() => {
  scope.IS_REACT_ACT_ENVIRONMENT = true;
});

afterEach(cleanup);

afterAll(() => {
  scope.IS_REACT_ACT_ENVIRONMENT = false;
});

/** What Testing Library does by itself where test functions are globals; here they are imported. */
import { afterAll, beforeAll } from 'vitest';

const scope: typeof globalThis & { IS_REACT_ACT_ENVIRONMENT?: boolean } = globalThis;

beforeAll(() => {
  scope.IS_REACT_ACT_ENVIRONMENT = true;
});

afterAll(() => {
  scope.IS_REACT_ACT_ENVIRONMENT = false;
});

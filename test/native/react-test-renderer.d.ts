// What these tests use of React's renderer without a DOM, which brings no declarations of its own.
declare module 'react-test-renderer' {
  import type { ReactElement } from 'react';

  export interface Renderer {
    unmount(): void;
  }
  export function create(element: ReactElement): Renderer;
}

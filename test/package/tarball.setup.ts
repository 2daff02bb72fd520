/** Installs the packed tarball once for every test of the package: with the peers of the hooks, and with none of the server's. */
import type { TestProject } from 'vitest/node';
import { installConsumer } from '../../bench/size/consumer.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    consumer: { folder: string; files: string[] };
  }
}

export async function setup(project: TestProject) {
  const { folder, files, remove } = await installConsumer();
  project.provide('consumer', { folder, files });
  return remove;
}

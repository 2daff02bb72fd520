/**
 * Builds the demo once for all files: in development mode, so that StrictMode runs every effect twice and React says in
 * the console what it dislikes.
 */
import type { TestProject } from 'vitest/node';
import { buildDemo } from '../../../scripts/demo.mjs';
import { outputFolder } from '../../../scripts/shell.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    demoFolder: string;
  }
}

export async function setup(project: TestProject) {
  const outFolder = outputFolder('demo-e2e/');
  await buildDemo({ outFolder, mode: 'development' });
  project.provide('demoFolder', outFolder);
}

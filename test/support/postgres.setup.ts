/** One cluster for the whole run: a database of one's own costs a test 30 ms, a cluster of its own a second. */
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.js';

export async function setup(project: TestProject) {
  const cluster = await startPostgres();
  project.provide('postgresUrl', cluster.url);
  return cluster.stop;
}

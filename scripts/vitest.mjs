// Runs one Vitest project and counts what it did from its JSON report.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { bin, outputFolder, run } from './shell.mjs';

/**
 * A test that was skipped counts as failed: a machine without what a test needs must not look like a pass.
 *
 * @param {string} project
 * @param {string} [config]
 */
export function vitest(project, config = 'vitest.config.ts') {
  return async (/** @type {import('./checks.mjs').Setting} */ { env, show, files }) => {
    const report = `${outputFolder('reports')}/${project}.json`;
    rmSync(report, { force: true });
    const args = ['run', '--config', config, '--project', project, ...files];
    args.push('--reporter', 'default', '--reporter', 'json', '--outputFile.json', report);
    if (files.length > 0) args.push('--passWithNoTests');
    const { code, output } = await run(bin('vitest'), args, { env, show });
    if (!existsSync(report)) return { isOk: false, passed: 0, failed: 1, output };
    const counted = JSON.parse(readFileSync(report, 'utf8'));
    const passed = counted.numPassedTests;
    const skipped = counted.numPendingTests + counted.numTodoTests;
    const failed = counted.numFailedTests + skipped;
    const isOk = code === 0 && failed === 0;
    // A file that does not load, or an error outside any test, fails the run without a failed test to count.
    return { isOk, passed, failed: isOk ? 0 : Math.max(failed, 1), output };
  };
}

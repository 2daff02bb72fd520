// Every check of `npm test`, in the order in which a mistake is cheapest to hear of.
import { bin, run } from './shell.mjs';
import { vitest } from './vitest.mjs';

/**
 * @typedef {{ isOk: boolean, passed: number, failed: number, output: string }} Outcome
 * @typedef {{ env: NodeJS.ProcessEnv, show: boolean, files: string[] }} Setting
 * @typedef {{ name: string, title: string, groups: string[], needs?: string[], run: (setting: Setting) => Promise<Outcome> }} Check
 */

/** One program, one check: it counts as one, passed when every step ends with 0. */
function program(/** @type {string} */ name, /** @type {[string, string[]][]} */ ...steps) {
  return async (/** @type {Setting} */ { env, show }) => {
    let output = '';
    for (const [command, args] of steps) {
      const result = await run(bin(command), args, { env, show });
      output += result.output;
      if (result.code !== 0) return { isOk: false, passed: 0, failed: 1, output: `${name}: ${output}` };
    }
    return { isOk: true, passed: 1, failed: 0, output };
  };
}

/** @type {Check[]} */
export const checks = [
  {
    name: 'format',
    title: 'format and imports (Biome)',
    groups: ['static', 'lint'],
    run: program('biome', ['biome', ['check', '.']]),
  },
  {
    name: 'oxlint',
    title: 'lint with types and the React Compiler rules (oxlint)',
    groups: ['static', 'lint'],
    run: program('oxlint', ['oxlint', ['--type-aware', '--deny-warnings']]),
  },
  {
    name: 'types',
    title: 'types of sources, tests, stories, demo and scripts (TypeScript)',
    groups: ['static'],
    run: program(
      'tsc',
      ['tsc', ['-p', 'tsconfig.json']],
      // Written with the published imports, which lead here by `paths` alone.
      ['tsc', ['-p', 'test/e2e/published/tsconfig.json']],
    ),
  },
  {
    name: 'knip',
    title: 'nothing unused (knip)',
    groups: ['static'],
    run: program('knip', ['knip', ['--treat-config-hints-as-errors']]),
  },
  {
    name: 'build',
    title: 'build with declarations (Vite, TypeScript)',
    groups: ['static', 'publish'],
    run: program('build', ['vite', ['build', '--logLevel', 'warn']], ['tsc', ['-p', 'tsconfig.build.json']]),
  },
  {
    name: 'publint',
    title: 'package manifest (publint)',
    groups: ['publish'],
    needs: ['build'],
    run: program('publint', ['publint', ['--strict']]),
  },
  {
    name: 'attw',
    title: 'types as every resolver sees them (arethetypeswrong)',
    groups: ['publish'],
    needs: ['build'],
    run: program('attw', [
      'attw',
      ['--pack', '.', '--profile', 'esm-only', '--exclude-entrypoints', './styles.css', './package.json'],
    ]),
  },
  { name: 'typetests', title: 'type tests', groups: ['unit'], run: vitest('types', 'vitest.types.config.ts') },
  { name: 'node', title: 'tests in Node', groups: ['unit'], run: vitest('node') },
  { name: 'dom', title: 'React tests, React 19', groups: ['unit'], run: vitest('dom') },
  { name: 'react18', title: 'the same React tests, React 18', groups: ['unit'], run: vitest('react18') },
  {
    name: 'package',
    title: 'the packed tarball: contents, sizes, what is lazy',
    groups: ['publish'],
    needs: ['build'],
    run: vitest('package'),
  },
  { name: 'browser', title: 'tests in Chromium', groups: ['chromium'], run: vitest('browser') },
  {
    name: 'storybook',
    title: 'every story, with axe, in Chromium',
    groups: ['chromium'],
    run: vitest('storybook', 'vitest.storybook.config.ts'),
  },
  { name: 'e2e', title: 'the demo over HTTP in Chromium', groups: ['chromium'], run: vitest('e2e') },
];

/** The security tests with the full counts of the specification; `npm test` runs them with smaller ones. */
export const soak = {
  name: 'soak',
  title: 'security tests at full counts',
  groups: [],
  run: (/** @type {Setting} */ setting) =>
    vitest('node')({
      ...setting,
      env: { ...setting.env, MFA_SOAK: '1' },
      files: setting.files.length > 0 ? setting.files : ['test/security/'],
    }),
};

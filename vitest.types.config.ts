// Type tests: what the published types accept and refuse. No code of theirs runs.
import { defineConfig } from 'vitest/config';
import { sourceAliases } from './scripts/doors.mjs';

export default defineConfig({
  resolve: { alias: sourceAliases() },
  test: {
    name: 'types',
    include: [],
    typecheck: {
      enabled: true,
      only: true,
      include: ['test/**/*.test-d.{ts,tsx}'],
      tsconfig: 'tsconfig.json',
      // Mistakes elsewhere are told once, by the check of all types.
      ignoreSourceErrors: true,
    },
  },
});

// Builds the package: one output file per source file, so that what an application does not import is not in its bundle.
import { isAbsolute } from 'node:path';
import { bundle } from 'lightningcss';
import { defineConfig, type Plugin } from 'vite';
import { moduleDoors, root } from './scripts/doors.mjs';

/** The style sheet is a door of its own, imported by the application: no module of the kit imports or injects it. */
function styleSheet(): Plugin {
  const filename = `${root}src/ui/styles.css`;
  return {
    name: 'mfa-kit:styles',
    generateBundle() {
      const { code } = bundle({ filename, minify: true });
      this.emitFile({ type: 'asset', fileName: 'styles.css', source: code });
    },
  };
}

export default defineConfig({
  plugins: [styleSheet()],
  build: {
    target: 'es2022',
    minify: false,
    lib: {
      entry: {
        ...Object.fromEntries(moduleDoors().map((door) => [door.entry, door.source])),
        // Reached by the field "react-native" of package.json alone.
        'client/noBrowserPasskeys': `${root}src/client/noBrowserPasskeys.ts`,
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: (id) => !id.startsWith('.') && !id.startsWith('\0') && !isAbsolute(id),
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
      // 'use client' is meant for the application's bundler and stays in each file; the warning about it is a false alarm.
      checks: { moduleLevelDirective: false },
    },
  },
});

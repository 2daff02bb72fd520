/** Reads who imports whom from the sources themselves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'vite';
import { root } from '../../scripts/doors.mjs';

export interface Import {
  /** File that imports, from the root of the repository. */
  from: string;
  /** File that is imported, from the root; or the specifier of a package. */
  to: string;
  isOurs: boolean;
  /** Only a type: gone after compiling. */
  isType: boolean;
  /** `import()`: loaded when it is asked for. */
  isLazy: boolean;
}

export function sourceFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
    .sort();
}

export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const { module } = parseSync(file, text);
  const found: Omit<Import, 'from' | 'isOurs'>[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ to: moduleRequest.value, isType, isLazy: false });
  }
  for (const { moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) found.push({ to: moduleRequest.value, isType, isLazy: false });
  }
  const real = new Set(
    module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
  );
  for (const to of real) found.push({ to, isType: false, isLazy: true });
  for (const [, to = ''] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    if (!real.has(to)) found.push({ to, isType: true, isLazy: false });
  }
  return found.map((one) => ({ ...one, from: file, ...resolve(file, one.to) }));
}

/** Our sources name the file that will be there after compiling: `./x.js` stands for x.ts or x.tsx. */
function resolve(file: string, specifier: string): Pick<Import, 'to' | 'isOurs'> {
  if (!specifier.startsWith('.')) return { to: specifier, isOurs: false };
  const path = relative(root, join(root, dirname(file), specifier));
  const candidates = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), path];
  return { to: candidates.find((candidate) => existsSync(join(root, candidate))) ?? path, isOurs: true };
}

/** Every knot of files that import each other, in a circle however long, each given once. */
export function cyclesOf(imports: Import[]): string[][] {
  const edges = new Map<string, string[]>();
  for (const { from, to, isOurs } of imports) {
    if (isOurs) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    if (finished.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    finished.add(file);
  };
  for (const file of edges.keys()) visit(file);
  return cycles;
}

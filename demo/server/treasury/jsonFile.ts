/** A small JSON file that is either the old one or the new one, never half of it. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export const readJson = <T>(file: string, otherwise: T): T =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : otherwise;

export const writeJson = (file: string, value: unknown): void => {
  const draft = `${file}.new`;
  writeFileSync(draft, JSON.stringify(value, null, 2), { mode: 0o600 });
  renameSync(draft, file);
};

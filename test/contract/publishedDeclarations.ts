/** What the published generated client declares of itself: its operations, and the form each answer has. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = dirname(createRequire(import.meta.url).resolve('@dynamic-labs/sdk-api-core'));
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

export interface PublishedOperation {
  name: string;
  method: string;
  /** Relative to `/sdk/{environmentId}`. */
  path: string;
  /** The type it answers, as declared; `void` for none. */
  answer: string;
}

const answers = new Map(
  [...read('apis/SDKApi.d.ts').matchAll(/^ {4}(\w+)\([^\n]*\): Promise<(.+)>;$/gm)].map(([, name = '', type = '']) => [
    name,
    type,
  ]),
);

/** Every operation there is, the preflights among them. */
export const publishedOperations: readonly PublishedOperation[] = read('apis/SDKApi.js')
  .split(/^ {4}async (?=\w+Raw\()/m)
  .slice(1)
  .map((source) => {
    const [, name = ''] = /^(\w+)Raw\(/.exec(source) ?? [];
    const [, path = ''] = /path: `\/sdk\/\{environmentId\}([^`]*)`/.exec(source) ?? [];
    const [, method = ''] = /method: '(\w+)'/.exec(source) ?? [];
    return { name, method, path, answer: answers.get(name) ?? '' };
  });

interface Member {
  name: string;
  isOptional: boolean;
  type: string;
}
type Model = { values: readonly string[] } | { members: readonly Member[] };

const models = new Map<string, Model>();

const readModel = (name: string): Model => {
  const source = read(`models/${name}.d.ts`);
  if (source.includes('export declare enum')) {
    return { values: [...source.matchAll(/^ {4}\w+ = "(.*)",?$/gm)].map(([, value = '']) => value) };
  }
  const members = [...source.matchAll(/^ {4}'?([\w-]+)'?(\??): (.+);$/gm)];
  return { members: members.map(([, name = '', mark = '', type = '']) => ({ name, isOptional: mark !== '', type })) };
};

const modelOf = (name: string): Model => {
  const model = models.get(name) ?? readModel(name);
  models.set(name, model);
  return model;
};

const isFilled = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Where a parsed answer is not what its declared type promises: each as `user.firstVisit: no Date`. */
export const misfits = (type: string, value: unknown, at = 'answer'): string[] => {
  if (value === null) return type.endsWith('| null') ? [] : [`${at}: null`];
  const plain = type.replace(/ \| null$/, '');
  const [, item] = /^Array<(.+)>$/.exec(plain) ?? [];
  if (item !== undefined) {
    if (!Array.isArray(value)) return [`${at}: no list`];
    return value.flatMap((one, index) => misfits(item, one, `${at}[${index}]`));
  }
  switch (plain) {
    case 'any':
      return [];
    case 'void':
      return value === undefined ? [] : [`${at}: not empty`];
    case 'string':
    case 'boolean':
      return typeof value === plain ? [] : [`${at}: no ${plain}`];
    case 'number':
      return Number.isFinite(value) ? [] : [`${at}: no number`];
    case 'Date':
      return value instanceof Date && Number.isFinite(value.getTime()) ? [] : [`${at}: no Date`];
    case 'object':
      return isFilled(value) ? [] : [`${at}: no object`];
  }
  const model = modelOf(plain);
  if ('values' in model) return model.values.includes(value as string) ? [] : [`${at}: no ${plain}`];
  if (!isFilled(value)) return [`${at}: no object`];
  return model.members.flatMap(({ name, isOptional, type: declared }) => {
    const found = (value as Record<string, unknown>)[name];
    if (found === undefined) return isOptional ? [] : [`${at}.${name}: missing`];
    return misfits(declared, found, `${at}.${name}`);
  });
};

import { describe, expect, test } from 'vitest';
import { like, nothing } from '../../src/wire/parse.js';

interface Answer {
  id: string;
  left: number;
  isOn: boolean;
  names: string[];
  inner: { at?: string };
  note?: string | null;
}
const read = like<Answer>({ id: '', left: 0, isOn: false, names: [''], inner: { 'at?': '' }, 'note?': '' });
const good: Answer = { id: 'a', left: 1, isOn: true, names: ['x'], inner: {} };

test('an answer of the agreed form is given as it is, with what the example does not name', () => {
  expect(read(good)).toEqual(good);
  expect(read({ ...good, inner: { at: 'now', more: [1] }, more: { deep: true } })).toEqual({
    ...good,
    inner: { at: 'now', more: [1] },
    more: { deep: true },
  });
});

test('what may be absent may be null', () => {
  expect(read({ ...good, note: null }).note).toBeNull();
  expect(read({ ...good, inner: { at: null } }).inner.at).toBeNull();
});

describe('refused is', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', [good]],
    ['text', 'good'],
    ['a missing field', { ...good, id: undefined }],
    ['null where something must be', { ...good, left: null }],
    ['text for a number', { ...good, left: '1' }],
    ['a number for text', { ...good, id: 1 }],
    ['a number for yes or no', { ...good, isOn: 1 }],
    ['infinity', { ...good, left: Number.POSITIVE_INFINITY }],
    ['minus infinity', { ...good, left: Number.NEGATIVE_INFINITY }],
    ['an object for a list', { ...good, names: { 0: 'x' } }],
    ['a list with something else in it', { ...good, names: ['x', 1] }],
    ['a list for an object', { ...good, inner: [] }],
    ['another type where it may be absent', { ...good, note: 1 }],
  ])('%s', (_, value) => {
    expect(() => read(value)).toThrow(TypeError);
  });
});

test('a refusal quotes nothing of what came', () => {
  expect(() => read({ ...good, left: 'canary' })).toThrow(/^not the agreed form$/);
});

test('an operation that answers nothing takes anything', () => {
  expect(nothing()).toBeUndefined();
});

/** Threat: an amount that is read as another one than was typed, or shown as another one than is sent. */
import { expect, test } from 'vitest';
import { centsTyped, marks } from '../../demo/page/treasury/marks.js';

test.each([
  ['250', '25000'],
  ['250.5', '25050'],
  ['250,50', '25050'],
  ['0.01', '1'],
  ['1,250.00', '125000'],
  ['12,480', '1248000'],
  ['1,234,567.89', '123456789'],
  [' 1 250.00 HM', '125000'],
  ['007', '700'],
])('%j is %s cents', (typed, cents) => {
  expect(centsTyped(typed)).toBe(cents);
});

test.each([
  '',
  '0',
  '0.00',
  '-5',
  '+5',
  '1.234',
  '1.5.0',
  '1,2345',
  '1.250,00',
  '1e3',
  '0x10',
  '٣',
  'ten',
  '1'.repeat(13),
])('%j is no amount', (typed) => {
  expect(centsTyped(typed)).toBeUndefined();
});

test('cents are shown to the last one, beyond what a number can hold', () => {
  expect(['1', '50', '25050', '1248000', '9007199254740993'].map(marks)).toEqual([
    '0.01\u00a0HM',
    '0.50\u00a0HM',
    '250.50\u00a0HM',
    '12,480.00\u00a0HM',
    '90,071,992,547,409.93\u00a0HM',
  ]);
});

import { describe, expect, test } from 'vitest';
import type { ColumnDisplay } from '../../../../src/ui/column-display.ts';
import {
  createEditForm,
  createNewForm,
  defaultFormValue,
  encodeName,
  findChanged,
  toFormValue,
} from '../../../../src/ui/form/form-values.ts';

test('holds every value as text, and nothing as null', () => {
  expect([true, 0, '1.50', '', null, undefined].map(toFormValue)).toEqual([
    'true',
    '0',
    '1.50',
    '',
    null,
    null,
  ]);
});

test('holds line ends as a text area does', () => {
  expect(['a\r\nb\rc\n', '\r\n\n', 'a\u2028\tb\u00a0'].map(toFormValue)).toEqual([
    'a\nb\nc\n',
    '\n\n',
    'a\u2028\tb\u00a0',
  ]);
});

test('tells an empty text from null', () => {
  expect(findChanged({ a: null, b: '', c: '1', d: null }, { a: '', b: null, c: '1', d: null })).toEqual([
    'a',
    'b',
  ]);
});

test('posts the changed columns with what was read of them', () => {
  const values = { title: 'Alien', price: null, stock: '5' };
  const form = createEditForm(values, { title: 'alien', price: '9.99', stock: 5 }, ['title', 'price']);
  expect(Object.fromEntries(form)).toEqual({
    title: 'Alien',
    price: '__FORM_VALUE_NULL__',
    '__was ': '{"title":"alien","price":"9.99"}',
  });
});

test('names the fields so that browsers and parsers leave the names as they are', () => {
  expect(['a"b', 'a\\', '\r\n', '%22', '%2522', '50%', '__proto__'].map(encodeName)).toEqual([
    'a%22b',
    'a%5C',
    '%0D%0A',
    '%2522',
    '%252522',
    '50%',
    '__proto__',
  ]);
});

test('tells changes of columns that are called like what every object has', () => {
  const values = { constructor: 'a', ['__proto__']: 'b', toString: null };
  expect(findChanged(values, {})).toEqual(['constructor', '__proto__']);
  expect([...createEditForm(values, {}, ['constructor']).values()]).toEqual(['a', '{"constructor":null}']);
  expect([...createNewForm(values, {}).keys()]).toEqual(['constructor', '__proto__']);
});

test('posts of a new row what is filled in, be it with nothing, and what was prefilled and taken out', () => {
  const form = createNewForm({ a: '1', b: null, c: '', d: null }, { a: null, b: null, c: '7', d: '8' });
  expect(Object.fromEntries(form)).toEqual({ a: '1', c: '', d: '__FORM_VALUE_NULL__' });
});

describe('begins a new row', () => {
  const begin = (display: Partial<ColumnDisplay>) => defaultFormValue(display as ColumnDisplay);

  test("with the column's default", () => {
    expect(begin({ columnKind: 'integer', defaultValue: '5' })).toBe('5');
    expect(begin({ columnKind: 'boolean', defaultValue: '1' })).toBe('true');
    expect(begin({ columnKind: 'boolean', defaultValue: '0' })).toBe('false');
  });

  test('with no where a switch has no default', () => {
    expect(begin({ columnKind: 'boolean', defaultValue: null, required: true })).toBe('false');
    expect(begin({ columnKind: 'boolean', defaultValue: null, required: false })).toBeNull();
  });
});

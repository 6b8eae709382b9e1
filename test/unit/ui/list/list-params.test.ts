import { describe, expect, test } from 'vitest';
import {
  columnOf,
  filterOf,
  readFilters,
  valuesOf,
  withFilters,
  withoutColumn,
  withParams,
} from '../../../../src/ui/list/list-params.ts';

const params = (query: string) => new URLSearchParams(query);

describe('the filters of an address', () => {
  test('are read by their path, without those left empty and what is no filter', () => {
    expect(readFilters(params('page=2&q=x&filters.price.from=5&filters.title=&filters.genre=Drama'))).toEqual(
      {
        'price.from': '5',
        genre: 'Drama',
      },
    );
  });

  test('come back as they were written, several values of one path and commas within a value alike', () => {
    const filters = { status: filterOf(['placed', 'a,b']), 'total.from': '10', title: 'One, two' };
    const written = withFilters(params('sortBy=id'), filters);
    expect([...written]).toEqual([
      ['sortBy', 'id'],
      ['filters.status', 'placed'],
      ['filters.status', 'a,b'],
      ['filters.total.from', '10'],
      ['filters.title', 'One, two'],
    ]);
    expect(readFilters(written)).toEqual(filters);
  });

  test('take the place of those before, at the first page', () => {
    const before = params('page=3&after=17&q=x&filters.genre=Drama&perPage=50');
    expect(withFilters(before, { rating: 'PG' }).toString()).toBe('q=x&perPage=50&filters.rating=PG');
  });

  test('can be taken away by column, both ends of a span at once', () => {
    const filters = { 'price.from': '5', 'price.to': '9', genre: 'Drama' };
    expect(withoutColumn(filters, 'price', ['price', 'genre'])).toEqual({ genre: 'Drama' });
    expect(columnOf('price.from', ['price'])).toBe('price');
    expect(columnOf('to', ['to'])).toBe('to');
  });

  test('are about columns of whatever name', () => {
    const names = ['constructor', '__proto__', 'a', 'a.from'];
    expect(names.map((name) => columnOf(name, names))).toEqual(names);
    const query = params('filters.constructor=a&filters.constructor=b&filters.__proto__=c&filters.a.from=d');
    const filters = readFilters(query);
    expect(Object.entries(filters)).toEqual([
      ['constructor', 'a\nb'],
      ['__proto__', 'c'],
      ['a.from', 'd'],
    ]);
    expect(Object.keys(withoutColumn(filters, '__proto__', names))).toEqual(['constructor', 'a.from']);
  });
});

describe('the values that one filter asks for', () => {
  const known = ['placed', 'packed', 'a,b'];

  test.each([
    ['placed', ['placed']],
    [filterOf(['placed', 'a,b']), ['placed', 'a,b']],
    ['placed,packed', ['placed', 'packed']],
    ['a,b', ['a,b']],
    ['', []],
  ])('%j asks for %j', (filter, values) => {
    expect(valuesOf(filter, known)).toEqual(values);
  });

  test('a column without fixed values is asked for one text', () => {
    expect(valuesOf('One, two', [])).toEqual(['One, two']);
  });
});

describe('a change of the address', () => {
  test('leads to the first page', () => {
    const before = params('page=3&after=17&refresh=true&recordIds=1,2&sortBy=id');
    expect(withParams(before, { direction: 'desc' }).toString()).toBe('sortBy=id&direction=desc');
  });

  test('can name a page, and take values out', () => {
    const before = params('page=3&q=x');
    expect(withParams(before, { page: '4', after: '17', q: null }).toString()).toBe('page=4&after=17');
    expect(withParams(before, { q: '' }).toString()).toBe('');
  });
});

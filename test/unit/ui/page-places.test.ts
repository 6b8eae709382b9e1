import { describe, expect, test } from 'vitest';
import type { ListMeta } from '../../../src/ui/list/load-rows.ts';
import { lastPage, toLastPage, toNextPage, toPreviousPage } from '../../../src/ui/list/page-places.ts';

const meta = (parts: Partial<ListMeta>): ListMeta => ({
  total: 130,
  hasNext: true,
  hasPrevious: true,
  first: 'F',
  last: 'L',
  unsearched: [],
  perPage: 25,
  page: 3,
  fromEnd: null,
  ...parts,
});

describe('the last page', () => {
  test.each([
    [0, 1],
    [25, 1],
    [26, 2],
    [130, 6],
    [10_000, 400],
    [10_001, null],
  ])('of %i rows has the number %s', (total, number) => {
    expect(lastPage(meta({ total }))).toBe(number);
  });

  test('is counted from the end where its number is not known', () => {
    expect(toLastPage(meta({}))).toEqual({ page: '6' });
    expect(toLastPage(meta({ total: 10_001 }))).toEqual({ fromEnd: '1' });
  });
});

describe('the neighbours of a page', () => {
  test('begin beyond its last row and end before its first', () => {
    expect(toNextPage(meta({}))).toEqual({ page: '4', after: 'L' });
    expect(toPreviousPage(meta({}))).toEqual({ page: '2', before: 'F' });
  });

  test('are counted from the end where it is', () => {
    expect(toNextPage(meta({ fromEnd: 3 }))).toEqual({ fromEnd: '2', after: 'L' });
    expect(toPreviousPage(meta({ fromEnd: 1 }))).toEqual({ fromEnd: '2', before: 'F' });
  });

  test('keep the first number where rows have come before the first page meanwhile', () => {
    expect(toPreviousPage(meta({ page: 1 }))).toEqual({ page: '1', before: 'F' });
  });

  test('are found by their number where the places are not known', () => {
    expect(toNextPage(meta({ last: null }))).toEqual({ page: '4', after: null });
  });
});

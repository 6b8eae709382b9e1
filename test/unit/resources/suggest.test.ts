import { expect, test } from 'vitest';
import { suggestName } from '../../../src/resources/suggest.ts';

test('the nearest name is suggested, whatever its case', () => {
  expect(suggestName('titel', ['id', 'title', 'table'])).toBe("Did you mean 'title'?");
  expect(suggestName('MOVIES', ['actors', 'movies'])).toBe("Did you mean 'movies'?");
});

test('among near names one with the same first letter wins', () => {
  expect(suggestName('lable', ['table', 'label'])).toBe("Did you mean 'label'?");
});

test('where no name is near, the names are listed, and no more than fit', () => {
  expect(suggestName('planet', ['id', 'title'])).toBe('Use one of: id, title.');
  const many = Array.from({ length: 30 }, (_, index) => `column${index}`);
  expect(suggestName('x', many)).toMatch(/^Use one of: column0, .*, column23, …\.$/);
});

test('where there is no name at all, the setting is to go', () => {
  expect(suggestName('x', [])).toBe('Remove it.');
});

import { expect, test } from 'vitest';
import { humanize, humanizeColumn, humanizeSingular } from '../../../src/resources/humanize.ts';

test.each([
  ['movie_id', 'Movie'],
  ['movieId', 'Movie'],
  ['placed_at', 'Placed'],
  ['hired_on', 'Hired'],
  ['runtime_minutes', 'Runtime (minutes)'],
  ['discount_percent', 'Discount (%)'],
  ['weight_kg', 'Weight (kg)'],
  ['is_active', 'Active'],
  ['has_children', 'Has children'],
  ['id', 'ID'],
  ['days', 'Days'],
  ['on_hold', 'On hold'],
  ['release_year', 'Release year'],
  ['api_url', 'API URL'],
  ['HTMLBody', 'HTML body'],
  ['größe_cm', 'Größe (cm)'],
  ['_', '_'],
])('the column %s is called %s', (name, label) => {
  expect(humanizeColumn(name)).toBe(label);
});

test.each([
  ['order_items', 'Order items', 'order item'],
  ['movies', 'Movies', 'movie'],
  ['statuses', 'Statuses', 'status'],
  ['people', 'People', 'person'],
  ['OrderAddresses', 'Order addresses', 'order address'],
  ['api_categories', 'API categories', 'API category'],
])('the table %s is called %s, a row of it %s', (name, plural, singular) => {
  expect(humanize(name)).toBe(plural);
  expect(humanizeSingular(name)).toBe(singular);
});

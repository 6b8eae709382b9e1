import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  basketSchema,
  idempotencyKeySchema,
  idSchema,
  optionalReasonSchema,
  parseInput,
  textSchema,
} from '../../../src/orders/command-input.ts';
import { parcelNumbersSchema } from '../../../src/orders/parcel-numbers.ts';

const schema = z.object({ orderId: idSchema, lines: basketSchema });

test('good input is decoded, also from the texts of a form', () => {
  expect(parseInput(schema, { orderId: '7', lines: [{ movieId: 1, quantity: ' 2 ' }], more: 1 })).toEqual({
    ok: true,
    values: { orderId: 7, lines: [{ movieId: 1, quantity: 2 }] },
  });
});

test('bad input is refused with every field and a sentence', () => {
  expect(parseInput(schema, { orderId: '', lines: [{ movieId: 1, quantity: 0 }] })).toEqual({
    ok: false,
    code: 'bad_input',
    message: 'Order must be chosen. Copies of line 1 must be at least 1.',
    fields: { orderId: 'must be chosen', 'lines.0.quantity': 'must be at least 1' },
  });
});

test.each([
  [{ trackingNumbers: parcelNumbersSchema }, {}, 'Tracking numbers must be given, one for each order.'],
  [
    { trackingNumbers: parcelNumbersSchema },
    { trackingNumbers: { 7: 1 } },
    'Tracking numbers of order 7 must be a text.',
  ],
  [{ trackingNumber: textSchema(9) }, { trackingNumber: ' ' }, 'Tracking number must be filled in.'],
  [{ lines: basketSchema }, { lines: [] }, 'The list of films must have at least one film.'],
  [{ lines: basketSchema }, { lines: [{ quantity: 1 }] }, 'Film of line 1 must be chosen.'],
])('a message calls fields as forms do, and says what to do: %#', (shape, input, message) => {
  expect(parseInput(z.object(shape), input)).toMatchObject({ message });
});

test.each([null, undefined, 'text', 7, []])('%o is no input', (input) => {
  expect(parseInput(schema, input)).toMatchObject({ ok: false, code: 'bad_input' });
});

test.each([0, -1, 1.5, 4_294_967_296, Number.NaN, true, '1e3', '0x10', null])('%o is no id', (value) => {
  expect(idSchema.safeParse(value).success).toBe(false);
});

test('a key is short, printable and without spaces', () => {
  expect(idempotencyKeySchema.safeParse('a-1:2').success).toBe(true);
  for (const key of ['', 'a b', 'é', 'x'.repeat(101)])
    expect(idempotencyKeySchema.safeParse(key).success).toBe(false);
});

test('a reason that may be left out may be empty', () => {
  expect(optionalReasonSchema.parse('')).toBeUndefined();
  expect(optionalReasonSchema.parse(' late ')).toBe('late');
});

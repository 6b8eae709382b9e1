import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  basketSchema,
  idempotencyKeySchema,
  idSchema,
  optionalReasonSchema,
  parseInput,
} from '../../../src/orders/command-input.ts';

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
    message: 'Please correct: orderId must be chosen; lines.0.quantity must be at least 1.',
    fields: { orderId: 'must be chosen', 'lines.0.quantity': 'must be at least 1' },
  });
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

import { z } from 'zod';
import type { Refusal } from '../errors.ts';
import { refuse } from '../errors.ts';

/** A row's id, as a number or as a form sends it. */
export const idSchema = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: 'must be chosen' })
  .pipe(z.number().int('must be chosen').min(1, 'must be chosen').max(4_294_967_295, 'does not exist'));

const wholeNumber = z.union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)], {
  error: 'must be a whole number',
});

/** Pieces in a line or a delivery, from `least` to `most`. */
export const quantitySchema = (least: number, most = 9_999) =>
  wholeNumber.pipe(
    z
      .number()
      .int('must be a whole number')
      .min(least, `must be at least ${least}`)
      .max(most, `must be at most ${most}`),
  );

export const textSchema = (maxLength: number) =>
  z
    .string({ error: 'must be filled in' })
    .trim()
    .min(1, 'must be filled in')
    .max(maxLength, `must have at most ${maxLength} characters`);

/** As long as hold_reason and stock_movements.note are. */
export const reasonSchema = textSchema(300);

/** A reason that a form may leave empty. */
export const optionalReasonSchema = z
  .union([z.literal('').transform(() => undefined), reasonSchema])
  .optional();

/** A film and how many of it. A film may stand in several lines of a basket: they are added up. */
export const basketSchema = z
  .array(z.object({ movieId: idSchema, quantity: quantitySchema(1) }))
  .min(1, 'must have at least one film')
  .max(200, 'must have at most 200 lines');

export const idempotencyKeySchema = z
  .string({ error: 'must be given' })
  .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable characters without spaces');

/** What every command takes besides its own input. */
export const keyShape = { idempotencyKey: idempotencyKeySchema.optional() };

/** Checks what came in at the door: the values, or a refusal that names each bad field as `lines.0.quantity`. */
export function parseInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
): { readonly ok: true; readonly values: z.output<S> } | Refusal {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, values: parsed.data };
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) fields[path.join('.')] ??= message;
  const sentence = Object.entries(fields)
    .map(([field, message]) => `${field || 'input'} ${message}`)
    .join('; ');
  return refuse('bad_input', `Please correct: ${sentence}.`, fields);
}

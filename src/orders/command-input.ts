import { z } from 'zod';
import type { Refusal } from '../errors.ts';
import { refuse } from '../errors.ts';
import { sentences } from '../sentence.ts';

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
  const told = Object.entries(fields).map(([field, message]) => `${describeField(field)} ${message}`);
  return refuse('bad_input', sentences(told), fields);
}

/** A field as its form calls it: 'trackingNumber' → 'Tracking number', 'lines.0.quantity' → 'Copies of line 1'. */
function describeField(path: string): string {
  const [, owner = path, item, inner] = /^(\w*)(?:\.(\d+))?(?:\.(\w+))?$/.exec(path) ?? [];
  const name = inner ?? owner;
  const words = name
    .replace(/Id$/, '')
    .replace(/(?=[A-Z])/g, ' ')
    .toLowerCase();
  const label = FIELD_LABELS[name] ?? (words || 'what was sent');
  const of = owner === 'lines' ? `line ${Number(item) + 1}` : `order ${item}`;
  const told = item === undefined ? label : `${label} of ${of}`;
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** Where a form's label is not the field's name. */
const FIELD_LABELS: Readonly<Record<string, string>> = {
  movieId: 'film',
  quantity: 'copies',
  counted: 'counted on the shelf',
  lines: 'the list of films',
};

import fc from 'fast-check';
import { encodeBytes } from './bytes.ts';
import type { Door } from './doors.ts';
import type { HttpRequest } from './send.ts';
import { bend, bendJson, oddText } from './values.ts';
import { anyValueOf, columnsOf, type World } from './world.ts';

type Field = readonly [name: string, value: string];

/** The fields of a form, and how they are written down. */
export interface Form {
  readonly fields: readonly Field[];
  readonly encoding: 'urlencoded' | 'json' | 'multipart' | 'raw';
  /** What is wrong with the writing. */
  readonly flaw: 'none' | 'wrong type' | 'broken boundary' | 'cut';
}

const BOUNDARY = 'fuzzed-boundary';
const TYPES: Record<Form['encoding'], string> = {
  urlencoded: 'application/x-www-form-urlencoded',
  json: 'application/json',
  multipart: `multipart/form-data; boundary=${BOUNDARY}`,
  raw: 'application/json; charset=utf-16',
};

export function anyForm(door: Door, world: World): fc.Arbitrary<Form> {
  return fc.record({
    fields: fc
      .tuple(anyFields(door, world), anyOddFields(door, world))
      .map(([fields, odd]) => [...fields, ...odd]),
    encoding: fc.constantFrom('urlencoded', 'json', 'multipart', 'multipart', 'raw'),
    flaw: fc.oneof(
      { weight: 12, arbitrary: fc.constant('none' as const) },
      fc.constantFrom('wrong type' as const, 'broken boundary' as const, 'cut' as const),
    ),
  });
}

/** What the door's own form would send, each value as it is or bent. */
function anyFields({ pattern, action }: Door, world: World): fc.Arbitrary<Field[]> {
  if (action && ['new', 'edit'].includes(action.name)) return anyRow(action.resource, world);
  if (action) return anyInput(action, world);
  if (!pattern.endsWith('/login')) return fc.constant([]);
  const field = (name: string, value: string) => anyOf(value).map((text): Field => [name, text]);
  return fc.tuple(
    field('email', 'employee@gorak.example'),
    field('password', 'not the password'),
    field('redirectTo', '/admin/resources/orders'),
  );
}

const anyOf = (value: string) => fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, bend(value));

function anyRow(resource: string, world: World): fc.Arbitrary<Field[]> {
  const columns = columnsOf(resource, world);
  const fields = columns.map((column) => {
    const known = anyValueOf(column, resource, world);
    return fc
      .oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: known.chain(bend) })
      .map((value): Field => [column, value]);
  });
  const row = fc.tuple(fc.subarray(fields)).chain(([some]) => fc.tuple(...some));
  return fc
    .tuple(row, row)
    .chain(([now, was]) =>
      bendJson(Object.fromEntries(was)).map((read): Field[] => [...now, ['__was ', read]]),
    );
}

/** The input of a handed-over action: its own fields, and what the commands of an order book take beside them. */
function anyInput({ resource, fields }: NonNullable<Door['action']>, world: World): fc.Arbitrary<Field[]> {
  const known = (name: string) => anyValueOf(name, resource, world);
  const own = Object.fromEntries(
    fields.map(({ name, kind, table }) => [
      name,
      table ? anyValueOf('recordId', table, world) : kind === 'integer' ? fc.constant('3') : known(name),
    ]),
  );
  const line = fc.record({
    movieId: anyValueOf('recordId', 'movies', world).map(Number),
    quantity: fc.constantFrom(0, 1, 2),
    disposition: fc.constantFrom('restock', 'write_off'),
  });
  const input = fc.record({
    customerId: anyValueOf('recordId', 'customers', world),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    reason: fc.constant('A reason'),
    name: fc.constant('A name'),
    idempotencyKey: fc.uuid(),
    ...own,
  });
  return fc
    .tuple(input.chain(bendJson), fc.constantFrom('run', 'preview', 'run', ''))
    .map(([text, mode]): Field[] => [
      ['input', text],
      ['mode', mode],
    ]);
}

/** Fields that no form has, by names that mean something elsewhere; sometimes very many. */
function anyOddFields({ action }: Door, world: World): fc.Arbitrary<Field[]> {
  const column = fc.constantFrom(...columnsOf(action?.resource ?? null, world));
  const name = fc.oneof(
    oddText,
    column.chain(bend),
    column.map((text) => `${text}.0.x`),
  );
  const field = fc.tuple(name, oddText);
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant<Field[]>([]) },
    { weight: 3, arbitrary: fc.array(field, { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(field, fc.integer({ min: 100, max: 3_000 }))
        .map(([[first, value], count]) =>
          Array.from(
            { length: count },
            (_, index): Field => [`${first.slice(0, 40)}${index}`, value.slice(0, 40)],
          ),
        ),
    },
  );
}

/** The form as bytes, with the headers that describe it. */
export function writeForm({ fields, encoding, flaw }: Form): Pick<HttpRequest, 'headers' | 'body' | 'cutAt'> {
  const body = Buffer.from(writeFields(fields, encoding), 'utf8').toString('latin1');
  const type = flaw === 'wrong type' ? TYPES[encoding === 'json' ? 'multipart' : 'json'] : TYPES[encoding];
  const headers = { 'content-type': flaw === 'broken boundary' ? `${type}x; boundary="` : type };
  return { headers, body, ...(flaw === 'cut' ? { cutAt: Math.floor(body.length / 2) } : {}) };
}

function writeFields(fields: readonly Field[], encoding: Form['encoding']): string {
  if (encoding === 'urlencoded')
    return fields.map((field) => field.map((text) => encodeBytes(text)).join('=')).join('&');
  if (encoding === 'multipart') return `${fields.map(writePart).join('')}--${BOUNDARY}--\r\n`;
  // By hand, as an object would swallow names such as __proto__ and those that come twice.
  return `{${fields.map((field) => field.map((text) => JSON.stringify(text)).join(':')).join(',')}}`;
}

function writePart([name, value]: Field): string {
  const quoted = name.replace(/["\r\n]/g, encodeURIComponent);
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`;
}

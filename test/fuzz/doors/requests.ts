import fc from 'fast-check';
import { encodeBytes, escapeLoosely } from './bytes.ts';
import type { Door } from './doors.ts';
import { anyForm, type Form, writeForm } from './forms.ts';
import type { HttpRequest } from './send.ts';
import { bend, oddText } from './values.ts';
import { VISITORS } from './visitors.ts';
import { anyValueOf, columnsOf, type World } from './world.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'] as const;
/** Node refuses a longer head before anybody of ours sees it, with 431. */
const MAX_PATH_BYTES = 14_000;

type Pairs = readonly (readonly [name: string, value: string])[];

/** A request at a door: valid, nearly valid or far from it, by any visitor. */
export function anyRequest(door: Door, world: World): fc.Arbitrary<HttpRequest> {
  return fc
    .record({
      as: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('admin' as const, 'employee' as const) },
        { weight: 3, arbitrary: fc.constantFrom(...VISITORS) },
      ),
      method: fc.oneof(
        { weight: 15, arbitrary: fc.constant(door.method) },
        { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
      ),
      path: anyPath(door, world),
      query: anyQuery(door, world),
      accept: fc.constantFrom('application/json', 'text/html', '*/*'),
      form: ['GET', 'HEAD'].includes(door.method)
        ? fc.oneof(
            { weight: 15, arbitrary: fc.constant(null) },
            { weight: 1, arbitrary: anyForm(door, world) },
          )
        : anyForm(door, world),
      header: anyHeader,
    })
    .map(({ as, method, path, query, accept, form, header }) => {
      const { headers, ...body } = writeBody(form);
      const address = (path + query).slice(0, MAX_PATH_BYTES);
      return { as, method, path: address, headers: { accept, ...headers, ...header }, ...body };
    });
}

/** The same address as its own page would ask for it, by every visitor: what reaches each door for sure. */
export function anyPlainRequests(door: Door, world: World): fc.Arbitrary<HttpRequest[]> {
  const { pattern, method, action } = door;
  const parts = pattern.split(/(?=\/)/).map((part) => {
    const name = /^\/[:*](.*)$/.exec(part)?.[1];
    if (!name) return fc.constant(part);
    return anyValueOf(name, action?.resource ?? null, world).map((value) => `/${escapeLoosely(value)}`);
  });
  const headers = { accept: 'application/json' };
  return fc
    .tuple(...parts)
    .map((texts) => texts.join('') || '/')
    .map((path) => VISITORS.map((as) => ({ as, method, path, headers, body: '' })));
}

function writeBody(form: Form | null): Pick<HttpRequest, 'headers' | 'body' | 'cutAt'> {
  return form ? writeForm(form) : { headers: {}, body: '' };
}

function anyPath({ pattern, action }: Door, world: World): fc.Arbitrary<string> {
  const parts = pattern.split(/(?=\/)/).map((part) => {
    const [, kind, name] = /^\/([:*])(.*)$/.exec(part) ?? [];
    if (!kind || !name)
      return fc.oneof({ weight: 60, arbitrary: fc.constant(part) }, bend(part).map(escapeLoosely));
    const known = anyValueOf(name, action?.resource ?? null, world);
    const encode = kind === '*' ? escapeLoosely : encodeBytes;
    return fc
      .oneof(
        { weight: 6, arbitrary: known.map(encode) },
        { weight: 2, arbitrary: known.chain(bend).map(encode) },
        { weight: 1, arbitrary: oddText.map(escapeLoosely) },
      )
      .map((value) => `/${value}`);
  });
  // Any other target is refused by Node's parser, which hangs up on whoever is still sending.
  return fc.tuple(...parts).map((texts) => `/${texts.join('').replace(/^\//, '')}`);
}

const BOUNDS = ['', '.from', '.to', '~~from', '~~to'] as const;
const NAMES = ['page', 'perPage', 'sortBy', 'direction', 'after', 'q', 'ids', 'recordIds', 'valueColumn'];
const OTHER_NAMES = ['key', 'redirectTo', 'v', 'query', 'filters', 'filters.', 'mode'];

function anyQuery({ pattern, action }: Door, world: World): fc.Arbitrary<string> {
  const resource = action?.resource ?? null;
  const filter = fc
    .tuple(fc.constantFrom(...columnsOf(resource, world)), fc.constantFrom(...BOUNDS))
    .map(([column, bound]) => `filters.${column}${bound}`);
  const name = fc.oneof(
    { weight: 4, arbitrary: filter },
    { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: fc.constantFrom(...OTHER_NAMES) },
    { weight: 1, arbitrary: filter.chain(bend) },
  );
  const pair = name.chain((given) => anyPair(given, resource, world));
  const needed = /\/bulk\//.test(pattern) ? 'recordIds' : pattern.includes('/:name') ? 'ids' : null;
  const pairs: fc.Arbitrary<Pairs> = fc.oneof(
    { weight: 9, arbitrary: fc.array(pair, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(pair, { minLength: 20, maxLength: 400 }) },
  );
  return fc
    .tuple(needed ? fc.option(anyPair(needed, resource, world), { freq: 9 }) : fc.constant(null), pairs)
    .map(([first, rest]) => [...(first ? [first] : []), ...rest])
    .chain((all) => fc.tuple(fc.constant(all), fc.constantFrom(encodeBytes, encodeBytes, escapeLoosely)))
    .map(([all, encode]) => all.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&'))
    .map((text) => (text ? `?${text}` : ''));
}

function anyPair(name: string, resource: string | null, world: World) {
  const [, column = name] = /^filters\.(.*?)(?:[.~].*)?$/.exec(name) ?? [];
  const known = anyValueOf(column, resource, world);
  const value = fc.oneof(
    { weight: 3, arbitrary: known },
    { weight: 3, arbitrary: known.chain(bend) },
    oddText,
  );
  return value.map((text) => [name, text] as const);
}

const anyHeader: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'origin',
          'sec-fetch-site',
          'content-type',
          'accept-encoding',
          'if-none-match',
          'range',
          'x-forwarded-for',
        ),
        oddText,
      )
      .map(([name, value]) => ({ [name]: toHeaderValue(value) })),
  },
);

function toHeaderValue(text: string): string {
  return Buffer.from(text.slice(0, 2_000), 'utf8')
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
}

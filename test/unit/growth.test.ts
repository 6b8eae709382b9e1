import { expect, test } from 'vitest';
import { decodeLogStatement } from '../../src/changes/log-statement.ts';
import { findNames } from '../../src/changes/statement-reach.ts';
import { decodeDefault, decodeMembers } from '../../src/database/column-kind.ts';
import { parseValue } from '../../src/database/column-value.ts';
import { parseConnectionUrl } from '../../src/database/connection-url.ts';
import { describeDatabaseError } from '../../src/database/database-error.ts';
import { whereSql } from '../../src/database/filter.ts';
import { decodeRecordId, encodeRecordId } from '../../src/database/record-id.ts';
import type { ColumnKind } from '../../src/database/table.ts';
import { tokenizeSql } from '../../src/database/tokenize-sql.ts';
import { normalizeEmail } from '../../src/http/accounts.ts';
import { decodeFields } from '../../src/http/form-fields.ts';
import { html } from '../../src/http/html.ts';
import { createLogger } from '../../src/http/logger.ts';
import { decodeRedirectTarget } from '../../src/http/redirect-target.ts';
import { parseTopic } from '../../src/live/topics.ts';
import {
  idempotencyKeySchema,
  idSchema,
  parseInput,
  quantitySchema,
  textSchema,
} from '../../src/orders/command-input.ts';
import { parseListQuery } from '../../src/panel/list-query.ts';
import { securePage } from '../../src/panel/page-html.ts';
import type { TableReader } from '../../src/panel/table-reader.ts';
import { createTableViews, type TableView } from '../../src/panel/table-view.ts';
import { checkNames, parseBoundedJson } from '../../src/request-bounds.ts';
import { humanizeColumn } from '../../src/resources/humanize.ts';
import { resolveResources } from '../../src/resources/resolve.ts';
import { findActiveQueue } from '../../src/ui/action/queue.ts';
import { formatDateTime, formatMoney, formatNumber, humanizeValue } from '../../src/ui/format.ts';
import { findOrders } from '../../src/ui/list/compare-values.ts';
import { momentOfDay } from '../../src/ui/list/day-span.ts';
import { readFilters, valuesOf, withFilters } from '../../src/ui/list/list-params.ts';
import { matchPart, matchWhole } from '../../src/ui/list/match-text.ts';
import { parseQuantity } from '../../src/ui/order/quantity.ts';
import { indentJson } from '../../src/ui/value/long-text.ts';
import { buildColumn, FILMS } from './resources/build-table.ts';

/** Texts of about `length` characters that parsers have been slow on: long runs, and an end that fits none of them. */
const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  'zeros, a dot, zeros and a letter': (length) => `${'0'.repeat(length / 2)}.${'0'.repeat(length / 2)}x`,
  'zeros before a one': (length) => `0.${'0'.repeat(length)}1`,
  digits: (length) => '9'.repeat(length),
  letters: (length) => 'a'.repeat(length),
  'letters of two halves': (length) => '🎬'.repeat(length / 2),
  dots: (length) => 'a.'.repeat(length / 2),
  'dots and an end': (length) => `${'.'.repeat(length)}from\n`,
  spaces: (length) => `a${' '.repeat(length)}b`,
  'spaces alone': (length) => ' '.repeat(length),
  commas: (length) => 'a,'.repeat(length / 2),
  quotes: (length) => `'${"''".repeat(length / 2)}`,
  'double quotes': (length) => `"${'""'.repeat(length / 2)}`,
  'escaped quotes': (length) => `'${"\\'".repeat(length / 2)}`,
  'escaped double quotes': (length) => `"${'\\"'.repeat(length / 2)}`,
  backslashes: (length) => '\\'.repeat(length),
  backticks: (length) => 'CONSTRAINT `a` (`b`.`c'.repeat(length / 22),
  'open comments': (length) => '/*'.repeat(length / 2),
  'versioned comments': (length) => '/*!'.repeat(length / 3),
  'line comments': (length) => '--'.repeat(length / 2),
  hashes: (length) => '#'.repeat(length),
  'open names': (length) => `${'`a`.'.repeat(length / 4)}\``,
  brackets: (length) => '['.repeat(length),
  'brackets and spaces': (length) => `[${' '.repeat(length)}x`,
  'escaped bytes': (length) => `${'.2E'.repeat(length / 3)}!`,
  tildes: (length) => 'a~'.repeat(length / 2),
  'hexadecimal digits': (length) => `0x${'ab'.repeat(length / 2)}g`,
  'percent signs': (length) => '%'.repeat(length),
  'names and values': (length) => 'filters.a=b&'.repeat(length / 12),
  'parts of a form': (length) =>
    '--X\r\nContent-Disposition: form-data; name="a"\r\n\r\n'.repeat(length / 49),
  'a header that does not end': (length) =>
    `--X\r\nContent-Disposition: form-data; name="${'\\'.repeat(length)}`,
  'half a boundary': (length) => '\r\n--'.repeat(length / 4),
  tags: (length) => '<link <script src="'.repeat(length / 19),
  slashes: (length) => '/'.repeat(length),
  'accents on one letter': (length) => `a${'\u0301'.repeat(length)}`,
  humps: (length) => 'aB'.repeat(length / 2),
};

const KINDS: readonly ColumnKind[] = [
  'integer',
  'decimal',
  'float',
  'boolean',
  'string',
  'text',
  'enum',
  'set',
  'date',
  'datetime',
  'time',
  'year',
  'json',
  'bit',
  'binary',
];
const valuesIn = (kind: ColumnKind) =>
  buildColumn('c', { kind, values: ['a', 'b'], maxLength: 100, precision: 8, scale: 2, nullable: true });

const [resource] = resolveResources([FILMS], []);
const view = createTableViews(resource ? [resource] : [], 'admin').get('films') as TableView;
const reader = { searchFor: (text: string) => ({ targets: [text] }) } as unknown as TableReader;
const wording = {
  singular: 'film',
  column: (name: string) => name,
  table: (name: string) => name,
  constraint: () => undefined,
};
const ERRNOS = [1062, 1451, 1452, 3819, 1406, 1048, 1644];
const logger = createLogger('info', { write: () => undefined });
const PAGE = (text: string) =>
  `${text}window.REDUX_STATE = ${text};\n        window.THEME_COMPONENTS = {};${text}`;

/** Every parser of ours that meets text from outside: a browser, an address, a socket, a schema, a database's error. */
const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  'a statement of the log': (text) => {
    const tokens = tokenizeSql(text, { ansiQuotes: true, backslashEscapes: true });
    return [decodeLogStatement(text, tokens), findNames(tokens, 'store', 'store')];
  },
  ...Object.fromEntries(
    KINDS.map((kind) => [`a value of ${kind}`, (text: string) => parseValue(valuesIn(kind), text)]),
  ),
  ...Object.fromEntries(
    KINDS.map((kind) => [`a live filter on ${kind}`, (text: string) => findOrders(kind, '12.50', text)]),
  ),
  ...Object.fromEntries(
    FILMS.columns.map(({ name }) => [
      `a list's filter on ${name}`,
      (text: string) =>
        parseListQuery(view, reader, { [`filters.${name}`]: text, [`filters.${name}.from`]: text }),
    ]),
  ),
  "a list's query": (text) =>
    parseListQuery(view, reader, { [`filters.${text}`]: text, q: text, page: text }),
  'a condition': (text) => whereSql([{ column: valuesIn('text'), operator: 'contains', value: text }]),
  'a record id': (text) => [decodeRecordId(FILMS, text), encodeRecordId([text])],
  'the members of an enum': (text) => decodeMembers(`enum(${text})`),
  'a default': (text) => [decodeDefault(text, '', true), decodeDefault(`'${text}'`, '', true)],
  "a database's error": (text) =>
    ERRNOS.map((errno) => describeDatabaseError({ errno, sqlMessage: text }, FILMS, wording)),
  "a database's address": (text) => parseConnectionUrl(`mysql://${encodeURIComponent(text)}@h/s`),
  JSON: (text) => parseBoundedJson(text),
  'JSON with a text': (text) => parseBoundedJson(JSON.stringify({ text })),
  names: (text) => checkNames([text]),
  'a form of JSON': (text) => decodeFields(Buffer.from(text), 'application/json'),
  'an urlencoded form': (text) => decodeFields(Buffer.from(text), 'application/x-www-form-urlencoded'),
  'a multipart form': (text) => decodeFields(Buffer.from(text), 'multipart/form-data; boundary=X'),
  'a content type': (text) => decodeFields(Buffer.from('a'), `multipart/form-data; boundary="${text}"`),
  'an e-mail address': (text) => normalizeEmail(text),
  'a redirect target': (text) => decodeRedirectTarget(`/${text}`, '/'),
  "a logged statement's values": (text) =>
    logger.info({ err: Object.assign(new Error('x'), { sql: text }) }, 'x'),
  'a page': (text) => securePage(PAGE(text), { nonce: 'n', assetUrl: (path) => path, basePath: '' }),
  'escaped HTML': (text) => html`<p>${text}</p>`,
  'a topic': (text) => [parseTopic(text), parseTopic(`films:${text}`)],
  "a command's input": (text) =>
    [idSchema, quantitySchema(1), textSchema(60), idempotencyKeySchema].map((schema) =>
      parseInput(schema, text),
    ),
  'a name of the schema': (text) => humanizeColumn(text),
  'a number that is shown': (text) => [formatNumber(text), formatMoney(text)],
  'a time that is shown': (text) => [formatDateTime(text), momentOfDay(text, 'from')],
  'a value that is shown': (text) => humanizeValue(text),
  'JSON that is shown': (text) => indentJson(text),
  "an address's filters": (text) => {
    const filters = readFilters(new URLSearchParams(text));
    return [valuesOf(text, ['a']), withFilters(new URLSearchParams(text), filters)];
  },
  "an address's queue": (text) =>
    findActiveQueue([{ name: 'q', label: 'q', tone: 'info', query: { 'filters.a': 'b' }, count: 1 }], text),
  'a part of a text': (text) => matchPart(text, text.slice(text.length / 2), 'alike'),
  'a whole text': (text) => matchWhole(text, `${text.toUpperCase()}!`, 'alike'),
  'a typed quantity': (text) => parseQuantity(text),
};

const RUNS = 9;
const LENGTH = 8 * 1024;
/** Where it takes less, a time says more of the machine than of the parser; a quadratic one takes far longer. */
const FLOOR_MS = 10;
/** Linear time doubles, quadratic time is four times as long. */
const MOST_GROWTH = 3;

async function time(parse: (text: string) => unknown, text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS && least > FLOOR_MS; run++) {
    // Of the processor's time, as others may be at work on it.
    const start = process.cpuUsage();
    try {
      await parse(text);
    } catch {
      // A refusal is an answer like any other.
    }
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

test.each(Object.entries(PARSERS))(
  '%s is parsed in time that grows with its length',
  async (_name, parse) => {
    const slow: string[] = [];
    for (const [shape, build] of Object.entries(SHAPES)) {
      const longMs = await time(parse, build(2 * LENGTH));
      if (longMs > FLOOR_MS && longMs > MOST_GROWTH * (await time(parse, build(LENGTH))))
        slow.push(`${shape}: ${longMs} ms`);
    }
    expect(slow).toEqual([]);
  },
);

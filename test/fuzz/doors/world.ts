import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import dashboard from '../../../resources/dashboard.ts';
import { introspect } from '../../../src/database/introspect.ts';
import type { Pool, RowDataPacket } from '../../../src/database/pool.ts';
import { encodeRecordId } from '../../../src/database/record-id.ts';
import type { Table } from '../../../src/database/table.ts';
import { CANARY_MARK } from './canaries.ts';
import type { Survey } from './survey.ts';

const ROWS = 12;
/** Those of the panel itself; displays have a screen. */
const OWN_TABLES = /^panel_(?!displays$)/;

/** What valid requests are made of: names and values as they lie in the database now. */
export interface World {
  readonly survey: Survey;
  readonly tables: readonly Table[];
  /** Record ids, by table. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Values that columns hold, by column name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The names of snapshots and documents. */
  readonly names: readonly string[];
  /** Paths of files that anybody may have, without the first `/`. */
  readonly files: readonly string[];
}

export async function readWorld(pool: Pool, survey: Survey): Promise<World> {
  const tables = (await introspect(pool)).filter(({ name }) => !OWN_TABLES.test(name));
  const ids = new Map<string, string[]>();
  const values = new Map<string, Set<string>>();
  for (const { name, columns, key } of tables) {
    const order = key.length > 0 ? ' ORDER BY ?? DESC' : '';
    const [rows] = await pool.query<RowDataPacket[]>(`SELECT * FROM ??${order} LIMIT ${ROWS}`, [name, key]);
    ids.set(
      name,
      rows
        .map((row) => key.map((column) => row[column]))
        .flatMap((values) => {
          return values.length > 0 && values.every(isSayable) ? encodeRecordId(values) : [];
        }),
    );
    for (const column of columns) {
      const known = values.get(column.name) ?? new Set();
      for (const row of rows) if (isSayable(row[column.name])) known.add(String(row[column.name]));
      for (const member of column.values) known.add(member);
      values.set(column.name, known);
    }
  }
  return {
    survey,
    tables,
    ids,
    values: new Map([...values].map(([name, known]) => [name, [...known].slice(0, ROWS)])),
    names: [
      ...Object.keys(dashboard.snapshots ?? {}),
      ...new Set(survey.actions.flatMap(({ documents }) => documents)),
    ],
    files: await findFiles(),
  };
}

async function findFiles(): Promise<string[]> {
  const entries = await readdir('public', { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative('public', join(parentPath, name)));
}

/** Of what is hidden the fuzzer knows no more than the visitors whose parts it plays. */
function isSayable(value: unknown): boolean {
  const text = String(value);
  const isHidden = text.includes(CANARY_MARK) || /^[0-9a-f]{64}$|\$argon2|1911-11-11/.test(text);
  return value !== null && !Buffer.isBuffer(value) && !isHidden && text.length <= 100;
}

const STEADY: Readonly<Record<string, readonly string[]>> = {
  page: ['1', '2'],
  perPage: ['25', '500'],
  direction: ['asc', 'desc'],
  redirectTo: ['/admin/resources/orders'],
  reason: ['A reason'],
  carrier: ['Comet'],
  trackingNumber: ['GX-1'],
  note: ['A note'],
  quantity: ['1', '3'],
  counted: ['40'],
};

/** The names of a table's columns, hidden ones included; of every table where none is told. */
export function columnsOf(resource: string | null, { tables }: World): readonly string[] {
  const told = tables.filter(({ name }) => resource === null || name === resource);
  return [...new Set(told.flatMap(({ columns }) => columns.map(({ name }) => name)))];
}

/** A value that would be valid under this name, of a parameter, a query or a form. */
export function anyValueOf(name: string, resource: string | null, world: World): fc.Arbitrary<string> {
  const ids = resource === null ? [...world.ids.values()].flat() : (world.ids.get(resource) ?? []);
  const id = constantFrom(ids);
  const among: Readonly<Record<string, fc.Arbitrary<string>>> = {
    resourceId: constantFrom(world.tables.map((table) => table.name)),
    table: constantFrom(world.tables.map((table) => table.name)),
    recordId: fc.oneof({ weight: 9, arbitrary: id }, constantFrom([...world.ids.values()].flat())),
    ids: fc.array(id, { minLength: 1, maxLength: 6 }).map((some) => some.join(',')),
    recordIds: fc.array(id, { minLength: 1, maxLength: 6 }).map((some) => some.join(',')),
    after: id,
    name: fc.oneof(constantFrom(world.names), constantFrom(world.values.get('name') ?? [])),
    action: constantFrom(world.survey.actions.map((action) => action.name)),
    sortBy: constantFrom(columnsOf(resource, world)),
    valueColumn: constantFrom(columnsOf(resource, world)),
    rest: constantFrom(world.files),
  };
  const known = Object.hasOwn(among, name) ? among[name] : undefined;
  const steady = Object.hasOwn(STEADY, name) ? STEADY[name] : undefined;
  return known ?? constantFrom(steady ?? world.values.get(name) ?? [...world.values.values()].flat());
}

function constantFrom(texts: readonly string[]): fc.Arbitrary<string> {
  return texts.length > 0 ? fc.constantFrom(...texts) : fc.constant('1');
}

import { isOvertime, readWithin } from './bounded-reads.ts';
import { type ExactKey, type Search, type SearchTarget, targetSql } from './filter.ts';
import { aliasOf, quoteIdentifier } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { exactLength, exactSql, fromExactSql } from './row-order.ts';
import type { SqlPart } from './sql-part.ts';
import { type Column, findColumn, type Table } from './table.ts';

/** A search that finds more rows than this is common: a list in its own order soon has a page of them. */
export const MOST_RARE = 10_000;

/** How long one target may be searched: one without an index of use must not hold up the others. */
const TARGET_LIMIT_MS = 2_000;

export interface SearchResult {
  /** What is to be read: its keys are known where it is rare, and its targets are those that were searched. */
  readonly search: Search;
  /** What took too long, and was left out. */
  readonly unsearched: readonly SearchTarget[];
}

/**
 * Asks each target of a search by itself, so that its own index serves it: all of them in one condition would read the
 * whole table. A table without a key has nothing to find its rows by, and is left to that one condition.
 */
export async function findMatches(db: Queryable, table: Table, search: Search): Promise<SearchResult> {
  if (table.key.length === 0) return { search, unsearched: [] };
  const answers = await Promise.all(
    search.targets.map(async (target) => ({ target, keys: await findKeys(db, table, target) })),
  );
  const searched = answers.flatMap(({ target, keys }) => (keys ? [{ target, keys }] : []));
  const found = new Map(searched.flatMap(({ keys }) => keys.map((key) => [JSON.stringify(key), key])));
  return {
    search: {
      ...search,
      targets: searched.map(({ target }) => target),
      matches: found.size <= MOST_RARE ? [...found.values()] : 'many',
    },
    unsearched: answers.filter(({ keys }) => !keys).map(({ target }) => target),
  };
}

/**
 * What stands after FROM to reach the rows with these keys, read first and joined in this order: as conditions they would
 * be compared with one another by MariaDB, and MySQL might walk the list's order instead.
 */
export function keysSql(table: Table, keys: readonly ExactKey[]): SqlPart {
  const name = quoteIdentifier(table.name);
  const found = quoteIdentifier(nameBeside(table));
  const columns = keyColumns(table);
  const given = columns.map(
    (column, index) =>
      `${quoteIdentifier(keyName(index))} VARCHAR(${exactLength(column)}) PATH '$[${index}]'`,
  );
  const equal = columns.map((column, index) => {
    const value = fromExactSql(column, `${found}.${quoteIdentifier(keyName(index))}`);
    return `${name}.${quoteIdentifier(column.name)} = ${value}`;
  });
  return {
    sql: `JSON_TABLE(?, '$[*]' COLUMNS (${given.join(', ')})) ${found} STRAIGHT_JOIN ${name} ON ${equal.join(' AND ')}`,
    parameters: [JSON.stringify(keys)],
  };
}

/** Null where it takes too long. */
async function findKeys(
  db: Queryable,
  table: Table,
  target: SearchTarget,
): Promise<readonly ExactKey[] | null> {
  const { sql, parameters } = findKeysSql(table, target);
  try {
    const [rows] = await readWithin(TARGET_LIMIT_MS, () => db.query<RowDataPacket[]>(sql, [...parameters]));
    return rows.map((row) => table.key.map((_name, index) => row[keyName(index)] as string));
  } catch (error) {
    if (isOvertime(error)) return null;
    throw error;
  }
}

function findKeysSql(table: Table, target: SearchTarget): SqlPart {
  const exact = keyColumns(table).map(
    (column, index) => `${exactSql({ column, isPrefix: false })} AS ${quoteIdentifier(keyName(index))}`,
  );
  const name = quoteIdentifier(table.name);
  const keys = table.key.map((key) => `${name}.${quoteIdentifier(key)}`).join(', ');
  const { sql, parameters } = matchingSql(table, target);
  return {
    sql: `SELECT ${exact.join(', ')} FROM (SELECT ${keys} FROM ${sql} LIMIT ${MOST_RARE + 1}) found`,
    parameters,
  };
}

/** What stands after FROM to reach what one target finds. */
function matchingSql(table: Table, target: SearchTarget): SqlPart {
  const name = quoteIdentifier(table.name);
  if (target.in !== 'reference') {
    const { sql, parameters } = targetSql(target);
    return { sql: `${name} WHERE ${sql}`, parameters };
  }
  // The rows pointed at first, in this order: what points at them is found by the index of the foreign key.
  const value = quoteIdentifier(target.valueColumn.name);
  const { sql, parameters } = targetSql(target.target);
  const titled = `(SELECT ${value} AS referenced FROM ${quoteIdentifier(target.table)} WHERE ${sql}) ${TITLED}`;
  return {
    sql: `${titled} STRAIGHT_JOIN ${name} ON ${name}.${quoteIdentifier(target.column.name)} = ${TITLED}.referenced`,
    parameters,
  };
}

const TITLED = aliasOf('titled');

/** Another name than the table's, and no longer than one may be: a JSON_TABLE's is held to that. */
function nameBeside({ name }: Table): string {
  return name.length > 'found'.length ? 'found' : 'found keys';
}

function keyName(index: number): string {
  return `__found ${index}`;
}

function keyColumns(table: Table): Column[] {
  return table.key.map((name) => findColumn(table, name)).filter((column) => column !== undefined);
}

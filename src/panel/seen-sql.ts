import type { Queryable } from '../database/pool.ts';
import { type SqlToken, tokenizeSql } from '../database/tokenize-sql.ts';

/** A statement names a table or a column that its role may not see. */
export class HiddenFromRoleError extends Error {
  override readonly name = 'HiddenFromRoleError';
}

/** A table whose rows may be read by SQL, with those of its columns that may not. */
export interface SeenTable {
  readonly hidden: ReadonlySet<string>;
}

/** By name, in lower case; null: there is such a table, and the role may not see it. */
export type SeenTables = ReadonlyMap<string, SeenTable | null>;

/**
 * A connection that runs plain SELECTs over these tables, and throws {@link HiddenFromRoleError} before one that names
 * what is hidden: a column counts as hidden where any table that it may belong to hides it. It guards against slips, not
 * against malice: whoever writes the statements can run any code.
 */
export function guardReads(db: Queryable, tables: SeenTables): Queryable {
  const query = (sql: unknown, ...values: []) => {
    checkSelect(String(sql), tables);
    return db.query(String(sql), ...values);
  };
  return { query: query as Queryable['query'] };
}

const QUOTES = { ansiQuotes: false, backslashEscapes: true };
const BEFORE_TABLE = new Set(['from', 'join', 'straight_join']);
const AFTER_TABLE = new Set(
  'on using join left right inner cross natural straight_join where force use ignore group order having limit union for'.split(
    ' ',
  ),
);

interface Piece {
  readonly text: string;
  readonly isName: boolean;
}

function checkSelect(sql: string, tables: SeenTables): void {
  const pieces = tokenizeSql(sql, QUOTES).map(toPiece);
  const first = pieces.find(({ text }) => text !== '(')?.text ?? '';
  if (!['select', 'with'].includes(first) || pieces.some(({ text }) => text === ';'))
    throw new Error(`only one SELECT at a time can be run here: ${sql}`);
  const { aliases, used } = findTables(pieces, tables, sql);
  for (const [index, { text, isName }] of pieces.entries()) {
    if (!isName && !(text === '*' && isEveryColumn(pieces, index))) continue;
    const owners = pieces[index - 1]?.text === '.' ? aliases.get(pieces[index - 2]?.text ?? '') : undefined;
    for (const table of owners ?? used) {
      const { hidden } = tables.get(table) as SeenTable;
      if (isName ? hidden.has(text) : hidden.size > 0)
        throw new HiddenFromRoleError(`the role may not read ${table}.${text}`);
    }
  }
}

function toPiece({ kind, text }: SqlToken): Piece {
  return { text: text.toLowerCase(), isName: kind !== 'sign' };
}

/** The tables that a statement reads, and what they are called in it. */
function findTables(
  pieces: readonly Piece[],
  tables: SeenTables,
  sql: string,
): { aliases: ReadonlyMap<string, ReadonlySet<string>>; used: ReadonlySet<string> } {
  const aliases = new Map<string, Set<string>>();
  const used = new Set<string>();
  const common = pieces.filter(
    ({ isName }, at) => isName && pieces[at + 1]?.text === 'as' && pieces[at + 2]?.text === '(',
  );
  for (const [index, { text, isName }] of pieces.entries()) {
    const isTarget = isName && BEFORE_TABLE.has(pieces[index - 1]?.text ?? '');
    if (isTarget && !tables.has(text) && !common.some((expression) => expression.text === text))
      throw new Error(`there is no table '${text}' that can be read here: ${sql}`);
    if (isTarget && pieces[index + 1]?.text === '.')
      throw new Error(`another schema cannot be read here: ${sql}`);
    if (!isName || !tables.has(text) || pieces[index - 1]?.text === '.') continue;
    if (tables.get(text) === null) throw new HiddenFromRoleError(`the role may not see the table ${text}`);
    used.add(text);
    for (const alias of [text, aliasAt(pieces, index + 1)])
      if (alias !== null) aliases.set(alias, (aliases.get(alias) ?? new Set()).add(text));
  }
  return { aliases, used };
}

function aliasAt(pieces: readonly Piece[], index: number): string | null {
  const next = pieces[pieces[index]?.text === 'as' ? index + 1 : index];
  return next?.isName && !AFTER_TABLE.has(next.text) ? next.text : null;
}

/** Whether a `*` stands for columns: not in `COUNT(*)`, and not as a multiplication. */
function isEveryColumn(pieces: readonly Piece[], index: number): boolean {
  return ['select', 'distinct', 'all', ',', '.'].includes(pieces[index - 1]?.text ?? '');
}

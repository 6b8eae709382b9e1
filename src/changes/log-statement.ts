/** What a statement in the binary log means for the transaction it stands in. */
export type LogStatement =
  | { kind: 'begin' | 'commit' | 'rollback' | 'no_rows' | 'rows_unknown' }
  | { kind: 'savepoint' | 'rollback_to'; name: string }
  | { kind: 'xa_start' | 'xa_commit' | 'xa_rollback'; xid: string }
  /** `truncated`: the rows of the named tables are gone; else the tables themselves changed. */
  | { kind: 'definition'; truncated: boolean };

const XA = /^XA (START|BEGIN|COMMIT|ROLLBACK) X'([0-9a-f]*)',X'([0-9a-f]*)',(\d+)/i;
const SAVEPOINT = /^(SAVEPOINT|ROLLBACK TO(?: SAVEPOINT)?) [`"]?(.*?)[`"]?$/i;
const TABLE_DEFINITION =
  /^(?:(?:CREATE|ALTER|DROP)\s+(?:OR\s+REPLACE\s+)?(?:ONLINE\s+|OFFLINE\s+|UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+|IGNORE\s+)*(?:TABLES?|INDEX|DATABASE|SCHEMA)|RENAME\s+TABLES?)\b/i;
const TRUNCATE = /^TRUNCATE\b/i;
const ROW_STATEMENT = /^(?:INSERT|UPDATE|DELETE|REPLACE|LOAD|MERGE|CALL|WITH|DO|SELECT|SET)\b/i;

/** Reads a statement as the server logged it. What changes neither rows nor tables is `no_rows`. */
export function decodeLogStatement(query: string): LogStatement {
  const sql = query.replace(/^(?:\s+|\/\*(?!!).*?\*\/|--.*\n|#.*\n)+/s, '').trim();
  const word = sql.toUpperCase();
  if (word === 'BEGIN' || word === 'START TRANSACTION') return { kind: 'begin' };
  if (word === 'COMMIT') return { kind: 'commit' };
  if (word === 'ROLLBACK') return { kind: 'rollback' };
  const [, xaVerb, gtrid = '', bqual = '', format = ''] = XA.exec(sql) ?? [];
  if (xaVerb) return { kind: XA_KINDS[xaVerb.toUpperCase()] ?? 'xa_start', xid: xaKey(gtrid, bqual, format) };
  const [, verb, name = ''] = SAVEPOINT.exec(sql) ?? [];
  if (verb) return { kind: verb.toUpperCase() === 'SAVEPOINT' ? 'savepoint' : 'rollback_to', name };
  if (TRUNCATE.test(sql)) return { kind: 'definition', truncated: true };
  if (TABLE_DEFINITION.test(sql)) return { kind: 'definition', truncated: false };
  return { kind: ROW_STATEMENT.test(sql) ? 'rows_unknown' : 'no_rows' };
}

const XA_KINDS: Readonly<Record<string, 'xa_start' | 'xa_commit' | 'xa_rollback'>> = {
  START: 'xa_start',
  BEGIN: 'xa_start',
  COMMIT: 'xa_commit',
  ROLLBACK: 'xa_rollback',
};

/** One key for a distributed transaction's id; its parts in hexadecimal. */
export function xaKey(gtrid: string, bqual: string, format: string | number): string {
  return `${gtrid},${bqual},${format}`.toLowerCase();
}

/**
 * The tables that a statement may concern: those whose name stands in it as a word. A statement that drops the schema
 * concerns them all.
 */
export function findNamedTables(query: string, tableNames: Iterable<string>): string[] {
  const names = [...tableNames];
  if (/^\s*DROP\s+(?:DATABASE|SCHEMA)\b/i.test(query)) return names;
  const words = new Set(query.toLowerCase().match(/[\p{L}\p{N}_$]+/gu));
  return names.filter((name) =>
    (name.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? []).every((part) => words.has(part)),
  );
}

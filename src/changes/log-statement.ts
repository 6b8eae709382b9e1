import type { SqlToken } from '../database/tokenize-sql.ts';
import { xaKey } from './log/decode-event.ts';

/** What a statement in the binary log means for the transaction it stands in. */
export type LogStatement =
  | { kind: 'begin' | 'commit' | 'rollback' | 'no_rows' }
  /** It changed rows that the log does not tell; `isCall`: by way of a routine. */
  | { kind: 'rows_unknown'; isCall: boolean }
  | { kind: 'savepoint' | 'rollback_to'; name: string }
  | { kind: 'xa_start' | 'xa_commit' | 'xa_rollback'; xid: string }
  /** The rows of the named tables are gone, or the tables themselves changed, or triggers, views or routines did. */
  | { kind: 'definition'; of: 'rows' | 'tables' | 'programs' };

const XA = /^\s*XA (START|BEGIN|COMMIT|ROLLBACK) X'([0-9a-f]*)',X'([0-9a-f]*)',(\d+)/i;
const XA_KINDS: Readonly<Record<string, 'xa_start' | 'xa_commit' | 'xa_rollback'>> = {
  START: 'xa_start',
  BEGIN: 'xa_start',
  COMMIT: 'xa_commit',
  ROLLBACK: 'xa_rollback',
};
const DEFINITIONS = new Set(['CREATE', 'ALTER', 'DROP', 'RENAME']);
/** Words between the verb of a definition and what it defines. */
const ADJECTIVES = new Set([
  'OR',
  'REPLACE',
  'ONLINE',
  'OFFLINE',
  'UNIQUE',
  'FULLTEXT',
  'SPATIAL',
  'VECTOR',
  'IGNORE',
]);
const TABLE_NOUNS = new Set(['TABLE', 'TABLES', 'INDEX', 'DATABASE', 'SCHEMA']);
const ROUTINE_VERBS = new Set(['CALL', 'DO', 'SELECT', 'SET']);
/** Upkeep and rights: no row is another one after these. */
const ROWLESS_VERBS = new Set([
  'ANALYZE',
  'OPTIMIZE',
  'FLUSH',
  'GRANT',
  'REVOKE',
  'INSTALL',
  'UNINSTALL',
  'XA',
  'CHANGE',
  'RESET',
]);

/** Reads a statement as the server logged it; one with an unknown verb may have changed rows. */
export function decodeLogStatement(sql: string, tokens: readonly SqlToken[]): LogStatement {
  const words = tokens.slice(0, 8).map(({ kind, text }) => (kind === 'quoted' ? '' : text.toUpperCase()));
  const [verb = '', second = ''] = words;
  switch (verb) {
    case '':
      return { kind: 'no_rows' };
    case 'BEGIN':
    case 'START':
      return { kind: 'begin' };
    case 'COMMIT':
      return { kind: 'commit' };
    case 'ROLLBACK':
      return second === 'TO'
        ? { kind: 'rollback_to', name: nameAfter(tokens, ['ROLLBACK', 'TO', 'SAVEPOINT']) }
        : { kind: 'rollback' };
    case 'SAVEPOINT':
      return { kind: 'savepoint', name: nameAfter(tokens, ['SAVEPOINT']) };
    case 'XA':
      return decodeXa(sql);
    case 'TRUNCATE':
      return { kind: 'definition', of: 'rows' };
    default:
      return decodeOther(verb, words);
  }
}

function decodeOther(verb: string, words: readonly string[]): LogStatement {
  if (DEFINITIONS.has(verb)) {
    const noun = words.slice(1).find((word) => !ADJECTIVES.has(word)) ?? '';
    return { kind: 'definition', of: TABLE_NOUNS.has(noun) ? 'tables' : 'programs' };
  }
  if (ROWLESS_VERBS.has(verb)) return { kind: 'no_rows' };
  return { kind: 'rows_unknown', isCall: ROUTINE_VERBS.has(verb) };
}

function decodeXa(sql: string): LogStatement {
  const [, verb = '', gtrid = '', bqual = '', format = ''] = XA.exec(sql) ?? [];
  const kind = XA_KINDS[verb.toUpperCase()];
  return kind ? { kind, xid: xaKey(gtrid, bqual, format) } : { kind: 'no_rows' };
}

/** The first token that is none of these keywords, each of which may stand once. */
function nameAfter(tokens: readonly SqlToken[], keywords: readonly string[]): string {
  const left = new Set(keywords);
  return tokens.find(({ kind, text }) => kind === 'quoted' || !left.delete(text.toUpperCase()))?.text ?? '';
}

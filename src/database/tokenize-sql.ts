/** A piece of a statement that may mean something: `quoted` names are never keywords. Strings and comments are left out. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'sign';
  readonly text: string;
  /** Where it begins, as an index into the statement. */
  readonly at: number;
}

export interface SqlQuotes {
  /** Whether "…" is a name, and not a string. */
  readonly ansiQuotes: boolean;
  readonly backslashEscapes: boolean;
}

const WORD = /[\p{L}\p{N}_$@]+/uy;
const VERSIONED_COMMENT = /\/\*M?!\d*/y;

/**
 * Splits a statement as the servers do, in one pass over it. What stands in a versioned comment is part of it. A string
 * or comment without an end reaches to the statement's.
 */
export function tokenizeSql(sql: string, quotes: SqlQuotes): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length; ) {
    const sign = sql[at] as string;
    if (sign === '`' || (sign === '"' && quotes.ansiQuotes)) {
      const end = findQuoteEnd(sql, at, false);
      tokens.push({ kind: 'quoted', text: sql.slice(at + 1, end - 1).replaceAll(sign + sign, sign), at });
      at = end;
    } else if (sign === "'" || sign === '"') at = findQuoteEnd(sql, at, quotes.backslashEscapes);
    else if (isCommentStart(sql, at)) at = findCommentEnd(sql, at);
    else if (sign === '*' && sql[at + 1] === '/') at += 2;
    else {
      const word = matchAt(WORD, sql, at);
      if (word !== '') tokens.push({ kind: 'word', text: word, at });
      else if (sign.trim() !== '') tokens.push({ kind: 'sign', text: sign, at });
      at += Math.max(1, word.length);
    }
  }
  return tokens;
}

function matchAt(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? '';
}

/** Behind the closing quote; a doubled one is part of the text. */
function findQuoteEnd(sql: string, start: number, backslashEscapes: boolean): number {
  const quote = sql[start];
  for (let at = start + 1; at < sql.length; at++) {
    if (backslashEscapes && sql[at] === '\\') at++;
    else if (sql[at] === quote && sql[at + 1] === quote) at++;
    else if (sql[at] === quote) return at + 1;
  }
  return sql.length;
}

function isCommentStart(sql: string, at: number): boolean {
  if (sql[at] === '#') return true;
  if (sql[at] === '/') return sql[at + 1] === '*';
  return sql[at] === '-' && sql[at + 1] === '-' && (sql[at + 2] ?? ' ').trim() === '';
}

function findCommentEnd(sql: string, start: number): number {
  const opening = matchAt(VERSIONED_COMMENT, sql, start);
  if (opening !== '') return start + opening.length;
  const close = sql[start] === '/' ? '*/' : '\n';
  const end = sql.indexOf(close, start + 1 + Number(close === '*/'));
  return end < 0 ? sql.length : end + close.length;
}

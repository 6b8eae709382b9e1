import { type SqlToken, tokenizeSql } from './tokenize-sql.ts';

/** One statement of a script. */
export interface ScriptStatement {
  /** Its text, without the semicolon behind it. */
  readonly sql: string;
  readonly tokens: readonly SqlToken[];
}

/** As pool.ts sets the session. */
const QUOTES = { ansiQuotes: false, backslashEscapes: true };
const NOUNS = new Set(['TABLE', 'VIEW', 'INDEX', 'TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT']);
const PROGRAM_NOUNS = new Set(['TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT']);
const BLOCK_WORDS = new Set(['BEGIN', 'CASE', 'LOOP', 'WHILE']);
/** Behind these a statement of a program begins: IF there is no function, and FOR no part of a SELECT. */
const STATEMENT_STARTS = new Set([';', 'BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'REPEAT', 'ROW', ':']);

/**
 * Splits a script at its semicolons into the statements that a server would run one by one; those inside of a trigger,
 * routine or event belong to it. Takes one pass over the text.
 */
export function splitScript(sql: string): ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let tokens: SqlToken[] = [];
  let start = 0;
  let depth = 0;
  const take = (end: number) => {
    if (tokens.length > 0) statements.push({ sql: sql.slice(start, end).trim(), tokens });
    [tokens, start, depth] = [[], end + 1, 0];
  };
  const all = tokenizeSql(sql, QUOTES);
  for (const [index, token] of all.entries()) {
    depth += depthChange(all, index);
    const isEnd = token.kind === 'sign' && token.text === ';';
    if (!isEnd) tokens.push(token);
    else if (depth <= 0 || !isProgram(tokens)) take(token.at);
    else tokens.push(token);
  }
  take(sql.length);
  return statements;
}

/** What a CREATE, ALTER or DROP is about, such as TRIGGER, and where in its tokens that word stands; null for others. */
export function findNoun(
  tokens: readonly SqlToken[],
): { readonly noun: string; readonly index: number } | null {
  const index = tokens.findIndex((token) => NOUNS.has(wordOf(token)));
  return index > 0 ? { noun: wordOf(tokens[index]), index } : null;
}

/** A keyword in capitals; '' of a quoted name. */
export function wordOf(token: SqlToken | undefined): string {
  return token && token.kind !== 'quoted' ? token.text.toUpperCase() : '';
}

function isProgram(tokens: readonly SqlToken[]): boolean {
  const verb = wordOf(tokens[0]);
  if (verb === 'BEGIN') return wordOf(tokens[1]) === 'NOT';
  return (verb === 'CREATE' || verb === 'ALTER') && PROGRAM_NOUNS.has(findNoun(tokens)?.noun ?? '');
}

/** 1 where a block of a program opens, -1 where one ends. */
function depthChange(tokens: readonly SqlToken[], index: number): -1 | 0 | 1 {
  const word = wordOf(tokens[index]);
  const before = wordOf(tokens[index - 1]);
  // A column may be called so.
  if (before === '.') return 0;
  if (word === 'END') return -1;
  if (before === 'END') return 0;
  if (BLOCK_WORDS.has(word)) return 1;
  if (word === 'REPEAT') return wordOf(tokens[index + 1]) === '(' ? 0 : 1;
  if (word === 'IF') return before === ')' || beginsStatement(tokens, index) ? 1 : 0;
  return word === 'FOR' && beginsStatement(tokens, index) ? 1 : 0;
}

function beginsStatement(tokens: readonly SqlToken[], index: number): boolean {
  const before = wordOf(tokens[index - 1]);
  // A DO that is a statement itself, and not a loop's, is followed by an expression.
  if (before === 'DO' && STATEMENT_STARTS.has(wordOf(tokens[index - 2]))) return false;
  return STATEMENT_STARTS.has(before);
}

import type { StatementParts } from '../database/statement-parts.ts';
import type { Table } from '../database/table.ts';
import { type SqlToken, tokenizeSql } from '../database/tokenize-sql.ts';
import { findCascadeReach } from './cascade-reach.ts';
import type { LoggedStatement } from './log/decode-event.ts';

/** A longer statement is not read: it may concern every table. */
const MAX_STATEMENT_LENGTH = 1024 * 1024;
const SERVER_QUOTES = { ansiQuotes: false, backslashEscapes: true };

/** The pieces of a statement; null where it is too long to be read. */
export function readStatement(statement: LoggedStatement): SqlToken[] | null {
  return statement.sql.length > MAX_STATEMENT_LENGTH ? null : tokenizeSql(statement.sql, statement);
}

/** The names in a statement that may be those of the schema's tables, views and routines. */
export function findNames(tokens: readonly SqlToken[], chosenSchema: string, schema: string): Set<string> {
  const names = new Set<string>();
  const isOurs = (text: string | undefined) => text?.toLowerCase() === schema.toLowerCase();
  for (let at = 0; at < tokens.length; at++) {
    const chain = readChain(tokens, at);
    at += Math.max(0, chain.length * 2 - 2);
    const [first, second] = chain;
    if (first !== undefined && isOurs(chosenSchema)) names.add(first);
    if (second !== undefined && isOurs(first)) names.add(second);
  }
  return names;
}

/** Names with dots between that begin at a token. */
function readChain(tokens: readonly SqlToken[], start: number): string[] {
  const chain: string[] = [];
  for (let at = start; tokens[at] && tokens[at]?.kind !== 'sign'; at += 2) {
    chain.push(tokens[at]?.text ?? '');
    if (tokens[at + 1]?.text !== '.') break;
  }
  return chain;
}

/**
 * Which tables statements may change beside those that they name: through triggers, views and foreign keys, over any
 * number of steps. Where a routine is called, or the triggers may not be seen, that may be all of them.
 */
export class StatementReach {
  private readonly schema: string;
  private readonly tables: ReadonlyMap<string, string>;
  private readonly reached: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly routines: ReadonlySet<string>;
  private readonly isKnown: boolean;

  constructor(schema: string, tables: readonly Table[], parts: StatementParts) {
    const stored = tables.filter(({ kind }) => kind === 'table');
    this.schema = schema;
    this.tables = new Map(stored.map(({ name }) => [name.toLowerCase(), name]));
    this.routines = new Set(parts.routines.map((name) => name.toLowerCase()));
    this.isKnown = parts.seesTriggers;
    this.reached = this.findDirectReach(stored, parts);
  }

  /** Every table of the schema. */
  get all(): string[] {
    return [...this.tables.values()];
  }

  /** What may be names of the schema's tables in a statement, known ones or not. */
  namesIn(tokens: readonly SqlToken[], chosenSchema: string): string[] {
    if (this.isOfSchema(tokens)) return this.all;
    return [...findNames(tokens, chosenSchema, this.schema)];
  }

  /** The tables that a definition or TRUNCATE names. */
  defined(tokens: readonly SqlToken[], chosenSchema: string): string[] {
    if (this.isOfSchema(tokens)) return this.all;
    return this.tablesOf(findNames(tokens, chosenSchema, this.schema));
  }

  /** The tables whose rows a statement may have changed; `isCall`: it runs a routine, whatever that does. */
  changed(tokens: readonly SqlToken[], chosenSchema: string, isCall: boolean): string[] {
    const names = findNames(tokens, chosenSchema, this.schema);
    for (const name of names) for (const next of this.reached.get(name.toLowerCase()) ?? []) names.add(next);
    const found = this.tablesOf(names);
    const isOpen =
      [...names].some((name) => this.routines.has(name.toLowerCase())) || (isCall && names.size > 0);
    return isOpen || (found.length > 0 && !this.isKnown) ? this.all : found;
  }

  private tablesOf(names: Iterable<string>): string[] {
    return [...new Set([...names].flatMap((name) => this.tables.get(name.toLowerCase()) ?? []))];
  }

  /** Whether a statement creates, changes or drops the schema itself. */
  private isOfSchema(tokens: readonly SqlToken[]): boolean {
    const isSchema = tokens.slice(1, 3).some(({ text }) => /^(?:DATABASE|SCHEMA)$/i.test(text));
    return isSchema && tokens.some(({ text }) => text.toLowerCase() === this.schema.toLowerCase());
  }

  private findDirectReach(tables: readonly Table[], parts: StatementParts): Map<string, Set<string>> {
    const reached = new Map<string, Set<string>>();
    const add = (from: string, names: Iterable<string>) => {
      const known = reached.get(from.toLowerCase()) ?? new Set();
      for (const name of names) known.add(name.toLowerCase());
      reached.set(from.toLowerCase(), known);
    };
    for (const { name, body } of [...parts.triggers, ...parts.views])
      add(name, findNames(tokenizeSql(body, SERVER_QUOTES), this.schema, this.schema));
    const { onDelete, onUpdate } = findCascadeReach(tables);
    for (const reach of [onDelete, onUpdate]) for (const [name, names] of reach) add(name, names);
    return reached;
  }
}

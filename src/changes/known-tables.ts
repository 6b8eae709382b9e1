import type { ConnectionOptions } from 'mysql2';
import { introspect } from '../database/introspect.ts';
import type { Queryable } from '../database/pool.ts';
import { findStatementParts } from '../database/statement-parts.ts';
import type { Table } from '../database/table.ts';
import type { FeedLogger } from './change-feed.ts';
import type { LogEvent } from './log/decode-event.ts';
import { readTableName } from './log/table-map.ts';
import { decodeLogStatement } from './log-statement.ts';
import { onOwnConnection } from './own-connection.ts';
import { findNames, readStatement, StatementReach } from './statement-reach.ts';

const NOTHING_BESIDE = { triggers: [], views: [], routines: [], seesTriggers: false };

export interface KnownTablesParts {
  readonly connection: ConnectionOptions;
  readonly schema: string;
  readonly tables: readonly Table[];
  readonly logger: FeedLogger;
  onChange(tables: readonly Table[]): void;
  /** Tables that were made or changed cannot be read: the next link begins with reading them. */
  onUnreadable(): void;
}

/**
 * The tables as they are now. A definition in the log makes the tables that it names unknown until they have been read
 * again: that happens at once and beside the log, for all that came meanwhile together, and only their own rows wait for it. What
 * statements reach (triggers, views, routines) is read when a statement first asks for it.
 */
export class KnownTables {
  private readonly parts: KnownTablesParts;
  private known: readonly Table[];
  private currentReach: StatementReach;
  private isReachRead = false;
  /** Names that are to be read again, each with the number of its newest definition. */
  private readonly stale = new Map<string, number>();
  private definitions = 0;
  private reading: Promise<void> | null = null;

  constructor(parts: KnownTablesParts) {
    this.parts = parts;
    this.known = parts.tables;
    this.currentReach = new StatementReach(parts.schema, parts.tables, NOTHING_BESIDE);
  }

  get all(): readonly Table[] {
    return this.known;
  }

  get reach(): StatementReach {
    return this.currentReach;
  }

  /** Reads all tables again, at the begin of a link. */
  async readAll(db: Queryable): Promise<void> {
    this.stale.clear();
    this.isReachRead = false;
    this.set(await introspect(db));
  }

  /** Tables of these names were created, changed or dropped. */
  markStale(names: readonly string[]): void {
    this.isReachRead = false;
    const pointing = this.known.filter(({ foreignKeys }) =>
      foreignKeys.some(({ referencedTable }) => names.includes(referencedTable)),
    );
    // A server may write names in lower case that statements write otherwise.
    for (const name of [
      ...names,
      ...names.map((text) => text.toLowerCase()),
      ...pointing.map((table) => table.name),
    ])
      this.stale.set(name, ++this.definitions);
    if (this.stale.size > 0) void this.readStale();
  }

  /** Whether an event can only be understood after {@link whenKnown}. */
  mustWaitFor(event: LogEvent): boolean {
    switch (event.kind) {
      case 'table_map': {
        const { schema, table } = this.stale.size > 0 ? readTableName(event.map) : { schema: '', table: '' };
        return schema === this.parts.schema && this.stale.has(table);
      }
      case 'statement':
        return (
          !this.isReachRead && event.sql !== 'BEGIN' && event.sql !== 'COMMIT' && this.asksForReach(event)
        );
      case 'payload':
        return event.events?.some((inner) => this.mustWaitFor(inner)) ?? false;
      default:
        return false;
    }
  }

  /** Returns when what was defined so far has been read. */
  async whenRead(): Promise<void> {
    await this.reading;
  }

  /** Returns when the event can be understood, as far as the database answers. */
  async whenKnown(event: LogEvent): Promise<void> {
    await this.reading;
    if (this.isReachRead || event.kind !== 'statement') return;
    await this.attempt(async (db) => {
      const parts = await findStatementParts(db);
      this.currentReach = new StatementReach(this.parts.schema, this.known, parts);
      this.isReachRead = true;
    });
  }

  private asksForReach(event: LogEvent & { kind: 'statement' }): boolean {
    const tokens = readStatement(event);
    if (!tokens || decodeLogStatement(event.sql, tokens).kind !== 'rows_unknown') return false;
    return findNames(tokens, event.schema, this.parts.schema).size > 0;
  }

  private readStale(): Promise<void> {
    this.reading ??= this.readWhileStale().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  private async readWhileStale(): Promise<void> {
    while (this.stale.size > 0) {
      const asked = new Map(this.stale);
      const isRead = await this.attempt(async (db) => {
        const fresh = await introspect(db, [...asked.keys()]);
        const kept = this.known.filter(({ name }) => !asked.has(name));
        this.set([...kept, ...fresh].sort((a, b) => (a.name < b.name ? -1 : 1)));
      });
      if (!isRead) {
        this.parts.onUnreadable();
        return;
      }
      for (const [name, number] of asked) if (this.stale.get(name) === number) this.stale.delete(name);
    }
  }

  private async attempt(work: (db: Queryable) => Promise<void>): Promise<boolean> {
    try {
      await onOwnConnection(this.parts.connection, work);
      return true;
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'the changed schema cannot be read');
      return false;
    }
  }

  private set(tables: readonly Table[]): void {
    this.known = tables;
    this.currentReach = new StatementReach(this.parts.schema, tables, NOTHING_BESIDE);
    this.isReachRead = false;
    this.parts.onChange(tables);
  }
}

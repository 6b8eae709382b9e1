import { Resource } from '@adminjs/sql';
import type { ActionContext, BaseRecord, BaseResource, ParamsType } from 'adminjs';
import { ValidationError } from 'adminjs';
import type { Actor } from '../database/activity.ts';
import type { Pool } from '../database/pool.ts';
import { type Refusal, RefusedRequestError } from '../errors.ts';
import { type ListQuery, parseListQuery } from './list-query.ts';
import { boundRecordIds } from './record-ids.ts';
import { TableProperty } from './table-property.ts';
import { TableReader } from './table-reader.ts';
import { TableRecord } from './table-record.ts';
import type { TableView, TableViews } from './table-view.ts';
import { TableWriter } from './table-writer.ts';

/**
 * AdminJS's resource over one role's view of a table. Every method of the stock adapter that reads or writes is
 * replaced, so its query builder is never reached.
 */
export class SafeTable extends Resource {
  readonly reader: TableReader;
  readonly writer: TableWriter;
  private readonly tableProperties: readonly TableProperty[];

  constructor(
    pool: Pool,
    views: TableViews,
    readonly view: TableView,
  ) {
    const properties = view.fields.map((column, index) => new TableProperty(column, view.table, index));
    super({
      tableName: view.table.name,
      schemaName: null,
      database: '',
      dialect: 'mysql2',
      properties,
      idProperty: properties[0],
    } as unknown as ConstructorParameters<typeof Resource>[0]);
    this.tableProperties = properties;
    this.reader = new TableReader(pool, views, view);
    this.writer = new TableWriter(pool, views, view);
  }

  override databaseType(): string {
    return 'MySQL';
  }

  override properties(): TableProperty[] {
    return [...this.tableProperties];
  }

  override property(path: string): TableProperty | null {
    return this.tableProperties.find((property) => property.name() === path) ?? null;
  }

  override async count(): Promise<number> {
    return this.reader.count({ filters: [] });
  }

  /** AdminJS's own actions call this; ours read pages, which carry more than rows. */
  override async find(
    _filter: unknown,
    options: { limit?: number; offset?: number; sort?: { sortBy?: string; direction?: 'asc' | 'desc' } },
  ): Promise<BaseRecord[]> {
    const { limit = 25, offset = 0, sort } = options;
    const query = this.parseQuery({
      sortBy: sort?.sortBy,
      direction: sort?.direction,
      perPage: String(limit),
    });
    if (!query.ok) throw toValidationError(query);
    const { rows } = await this.reader.findPage({ ...query, place: { offset } });
    return rows.map((row) => new TableRecord(row, this));
  }

  override async findOne(id: string): Promise<BaseRecord | null> {
    return (await this.findMany([id]))[0] ?? null;
  }

  override async findMany(ids: (string | number)[]): Promise<BaseRecord[]> {
    const bounded = boundRecordIds(ids.map(String));
    if (!bounded.ok) throw new RefusedRequestError(bounded);
    const rows = await this.reader.findByIds(bounded.ids);
    return rows.map((row) => new TableRecord(row, this));
  }

  override async create(params: Record<string, unknown>, context?: ActionContext): Promise<ParamsType> {
    const written = await this.writer.create(params, actorOf(context));
    if (!written.ok) throw toValidationError(written);
    return { ...params, ...(await this.findOne(written.id))?.params };
  }

  override async update(
    id: string,
    params: Record<string, unknown>,
    context?: ActionContext,
  ): Promise<ParamsType> {
    const written = await this.writer.change(id, params, {}, actorOf(context));
    if (!written.ok) throw toValidationError(written);
    return { ...(await this.findOne(written.id))?.params };
  }

  override async delete(id: string, context?: ActionContext): Promise<void> {
    const removed = await this.writer.remove([id], actorOf(context));
    if (!removed.ok) throw toValidationError(removed);
  }

  /** Reads a list's URL query, or says what of it does not fit. */
  parseQuery(query: Readonly<Record<string, unknown>>): ListQuery | Refusal {
    return parseListQuery(this.view, this.reader, query);
  }
}

/** The table that an AdminJS request is about. */
export function tableOf(context: { resource: BaseResource }): SafeTable {
  return context.resource as SafeTable;
}

/** The actor of an AdminJS request: whoever the session says is signed in. */
export function actorOf(
  context: { currentAdmin?: { id?: unknown; name?: unknown; role?: unknown } } | undefined,
): Actor {
  const account = context?.currentAdmin;
  if (!account) throw new Error('a write reached a table without a signed-in account');
  return { id: Number(account.id), name: String(account.name), role: String(account.role) };
}

/** A refusal in the form in which AdminJS puts messages on fields. */
export function toValidationError(refusal: Refusal): ValidationError {
  const fields = Object.entries(refusal.fields ?? {}).map(([name, message]) => [
    name,
    { type: refusal.code, message },
  ]);
  return new ValidationError(Object.fromEntries(fields), { type: refusal.code, message: refusal.message });
}

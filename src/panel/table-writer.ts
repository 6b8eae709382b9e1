import { type Actor, recordActivity } from '../database/activity.ts';
import {
  holdsEmptyText,
  type JsonValue,
  type Parameter,
  type ParsedValue,
  parseValue,
} from '../database/column-value.ts';
import { describeDatabaseError, type Wording } from '../database/database-error.ts';
import { deleteRows } from '../database/delete-rows.ts';
import { type Pool, type PoolConnection, transaction } from '../database/pool.ts';
import type { Row } from '../database/read-rows.ts';
import { type Column, findColumn } from '../database/table.ts';
import { insertRow, lockRow, updateRow } from '../database/write-rows.ts';
import { type Refusal, refuse } from '../errors.ts';
import { sentences } from '../sentence.ts';
import { findFormatFault } from './format-fault.ts';
import { nameUsers } from './name-users.ts';
import { columnConfig, type TableView, type TableViews } from './table-view.ts';

export type Written = { readonly ok: true; readonly id: string } | Refusal;

/** 'supervisor or admin'. */
const EITHER = new Intl.ListFormat('en', { type: 'disjunction' });

/** Values as a form posts them, by column name. */
export type Fields = Readonly<Record<string, unknown>>;

/** Carries a refusal out of a transaction so that it rolls back. */
class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** Writes a table as one role may: each call is one transaction that names its actor, or a refusal in words. */
export class TableWriter {
  private readonly wording: Wording;

  constructor(
    private readonly pool: Pool,
    private readonly views: TableViews,
    private readonly view: TableView,
  ) {
    this.wording = {
      singular: view.resource.singular,
      column: (name) => columnConfig(view, name).label,
      table: (name) => views.get(name)?.resource.label.toLowerCase() ?? 'other records',
      constraint: (name) => view.resource.constraints[name],
    };
  }

  /** Inserts a row; columns that are left out or empty get their default. */
  create(fields: Fields, actor: Actor): Promise<Written> {
    return this.write(async (connection) => {
      const values = this.parse(
        fields,
        (column, value) => isNothing(column, value) && column.hasDefault && !column.nullable,
      );
      const missing = [...this.view.writable].filter((name) => {
        const column = findColumn(this.view.table, name);
        return column && !column.hasDefault && !values.has(name);
      });
      if (missing.length > 0)
        throw this.refuseFields(new Map(missing.map((name) => [name, 'must be filled in'])));
      const id = await insertRow(connection, this.view.table, values);
      await this.record(connection, actor, 'record_created', id, { after: this.toldOf(values, fields) });
      return id;
    });
  }

  /**
   * Sets the columns that differ from the row. `read` holds what the person saw of them: where somebody else has
   * changed one since, the change is refused rather than lost.
   */
  change(id: string, fields: Fields, read: Fields, actor: Actor): Promise<Written> {
    return this.write(async (connection) => {
      const row = await lockRow(connection, this.view.table, id);
      if (!row)
        throw new RefusedError(
          refuse('gone', `This ${this.view.resource.singular} has been deleted meanwhile.`),
        );
      const values = this.parse(fields, (column, value) => this.isLeftAlone(column, value, row));
      this.refuseStale(values, read, row);
      if (values.size === 0) return id;
      const changedId = await updateRow(connection, this.view.table, id, values);
      await this.record(connection, actor, 'record_updated', changedId, {
        before: this.toldOf(values, row),
        after: this.toldOf(values, fields),
      });
      return changedId;
    });
  }

  /** Deletes the rows with these ids, in whatever order they can go: all of them, or none. */
  async remove(ids: readonly string[], actor: Actor): Promise<{ ok: true } | Refusal> {
    let next = '';
    const removed = await this.write(async (connection) => {
      const rows = new Map<string, Row>();
      for (const id of [...ids].sort()) {
        const row = await lockRow(connection, this.view.table, id);
        if (!row)
          throw new RefusedError(refuse('gone', `The ${this.view.resource.singular} ${id} is gone already.`));
        rows.set(id, row);
      }
      await deleteRows(connection, this.view.table, rows, (id) => {
        next = id;
      });
      for (const [id, row] of rows)
        await this.record(connection, actor, 'record_deleted', id, { before: this.readable(row) });
      return '';
    });
    if (removed.ok || removed.code !== 'still_used') return removed;
    return nameUsers(this.pool, this.views, this.view, { id: next, ids, refusal: removed });
  }

  private async write(work: (connection: PoolConnection) => Promise<string>): Promise<Written> {
    try {
      return { ok: true, id: await transaction(this.pool, work) };
    } catch (error) {
      if (error instanceof RefusedError) return error.refusal;
      const refusal = describeDatabaseError(error, this.view.table, this.wording);
      if (refusal) return refusal;
      throw error;
    }
  }

  private parse(
    fields: Fields,
    isLeftOut: (column: Column, value: unknown) => boolean,
  ): Map<string, Parameter> {
    const values = new Map<string, Parameter>();
    const wrong = new Map<string, string>();
    for (const [name, value] of Object.entries(fields)) {
      const column = this.view.fields.find((candidate) => candidate.name === name);
      if (column && isLeftOut(column, value)) continue;
      if (!column || !this.view.writable.has(name)) wrong.set(name, this.describeLock(name));
      else {
        const parsed = this.parseColumn(column, value);
        if (parsed.ok) values.set(name, parsed.value);
        else wrong.set(name, parsed.message);
      }
    }
    if (wrong.size > 0) throw this.refuseFields(wrong);
    return values;
  }

  private parseColumn(column: Column, value: unknown): ParsedValue {
    const parsed = parseValue(column, value);
    if (!parsed.ok || typeof parsed.value !== 'string') return parsed;
    const message = findFormatFault(columnConfig(this.view, column.name).format, parsed.value);
    return message === null ? parsed : { ok: false, message };
  }

  private describeLock(name: string): string {
    const writers = this.view.lockedFor.get(name);
    return writers ? `cannot be set here: ask a ${EITHER.format(writers)}` : 'cannot be set here';
  }

  /** Of a value that cannot be seen only what is typed is written, were it the same: an answer must not tell. */
  private isLeftAlone(column: Column, value: unknown, row: Row): boolean {
    return this.view.setOnly.includes(column) ? isEmpty(value) : isUnchanged(column, value, row);
  }

  private refuseStale(values: ReadonlyMap<string, Parameter>, read: Fields, row: Row): void {
    const stale = new Map<string, string>();
    for (const name of values.keys()) {
      const column = findColumn(this.view.table, name);
      if (!column || this.view.setOnly.includes(column)) continue;
      if (!Object.hasOwn(read, name) || isUnchanged(column, read[name], row)) continue;
      stale.set(name, `was changed meanwhile to '${row[name] ?? ''}'. Reload to see it`);
    }
    if (stale.size > 0) throw this.refuseFields(stale, 'stale');
  }

  private refuseFields(wrong: ReadonlyMap<string, string>, code = 'bad_values'): RefusedError {
    const label = (name: string) => this.view.resource.columns.get(name)?.label ?? name;
    const told = [...wrong].map(([name, message]) => [name, `${label(name)} ${message}`] as const);
    return new RefusedError(refuse(code, sentences(told.map(([, text]) => text)), Object.fromEntries(told)));
  }

  /** What the activity keeps of these columns: not what nobody at all may read, such as a password's hash. */
  private toldOf(values: ReadonlyMap<string, Parameter>, source: Fields): Fields {
    const names = [...values.keys()].filter((name) => {
      const readers = this.view.resource.columns.get(name)?.readableBy.length ?? 0;
      return readers > 0 || this.view.table.key.includes(name);
    });
    return Object.fromEntries(names.map((name) => [name, tellable(source[name])]));
  }

  private readable(row: Row): Row {
    return Object.fromEntries(this.view.columns.map(({ name }) => [name, row[name] ?? null]));
  }

  private record(
    connection: PoolConnection,
    actor: Actor,
    action: string,
    recordId: string,
    details: unknown,
  ): Promise<void> {
    return recordActivity(connection, actor, { action, table: this.view.table.name, recordId, details });
  }
}

/** Of a file, its length is told. */
function tellable(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `${value.length} bytes` : value;
}

function jsonOf(value: Parameter): string {
  return Buffer.isBuffer(value) ? `0x${value.toString('hex')}` : String(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** Whether a posted value stands for no value at all, and not for an empty text. */
function isNothing(column: Column, value: unknown): boolean {
  return isEmpty(value) && !(value === '' && holdsEmptyText(column));
}

/** Whether a posted value says what the row holds already, in whatever spelling (`1.5` and `1.50`, CRLF and LF). */
function isUnchanged(column: Column, value: unknown, row: Row): boolean {
  const held: JsonValue = row[column.name] ?? null;
  if (held === null) return isNothing(column, value);
  if (value === held) return true;
  const posted = parseValue(column, value);
  const current = parseValue(column, held);
  return posted.ok && current.ok && posted.value !== null && jsonOf(posted.value) === jsonOf(current.value);
}

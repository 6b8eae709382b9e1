import { ACTIVITY_TABLE, projectActivity } from '../database/activity.ts';
import type { Search } from '../database/filter.ts';
import type { Queryable } from '../database/pool.ts';
import { findPage, findRows, type PageQuery, type RowQuery } from '../database/read-page.ts';
import {
  COUNT_LIMIT,
  countRows,
  findBytesById,
  findRowsById,
  type Row,
  type RowConditions,
  recordIdOf,
} from '../database/read-rows.ts';
import type { Place, Position } from '../database/row-order.ts';
import { findMatches } from '../database/search-keys.ts';
import type { Column } from '../database/table.ts';
import { isShort } from '../resources/column-use.ts';
import { findReferencedTitles, type PopulatedReference, titleOf } from './row-titles.ts';
import { findSearchTargets, type SearchScope } from './search-targets.ts';
import { columnConfig, findReferenceView, type TableView, type TableViews } from './table-view.ts';

/** A row as a role sees it. */
export interface ViewedRow {
  readonly id: string;
  readonly title: string;
  readonly params: Row;
  readonly populated: Readonly<Record<string, PopulatedReference>>;
}

/** By column, what each of its values leads to. */
type ReferencedTitles = ReadonlyMap<string, ReadonlyMap<string, PopulatedReference>>;

export interface Page {
  readonly rows: readonly ViewedRow[];
  /** Counted no further than one beyond {@link COUNT_LIMIT}. */
  readonly total: number;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** The places of the first and the last row, where they are known. */
  readonly first: Position | null;
  readonly last: Position | null;
  /** Labels of the columns that a search has left out, as looking there took too long. */
  readonly unsearched: readonly string[];
}

const NO_ROWS = { rows: [], total: 0, hasNext: false, hasPrevious: false, first: null, last: null };

/** Reads a table as one role sees it. */
export class TableReader {
  /** What lists read. */
  private readonly listed: readonly Column[];

  constructor(
    private readonly db: Queryable,
    private readonly views: TableViews,
    private readonly view: TableView,
  ) {
    this.listed = listedColumns(view);
  }

  /** One page of a list; the count is left out where the page itself tells it. */
  async findPage(asked: PageQuery): Promise<Page> {
    const { query, unsearched } = await this.narrow(asked);
    if (findsNothing(query)) return { ...NO_ROWS, unsearched };
    const { place } = query;
    const { rows, hasMore, first, last } = await findPage(this.db, this.view.table, this.listed, query);
    const isBackward = 'before' in place || 'offsetFromEnd' in place;
    const total =
      countedBy(place, rows.length, hasMore) ?? (await countRows(this.db, this.view.table, query));
    return {
      rows: await this.present(rows),
      total: Math.min(total, COUNT_LIMIT + 1),
      hasNext: isBackward ? 'before' in place || place.offsetFromEnd > 0 : hasMore,
      hasPrevious: isBackward ? hasMore : 'after' in place || place.offset > 0,
      first,
      last,
      unsearched,
    };
  }

  /** How many rows match, counted no further than one beyond {@link COUNT_LIMIT}. */
  async count(asked: RowConditions): Promise<number> {
    const { query } = await this.narrow(asked);
    return findsNothing(query) ? 0 : countRows(this.db, this.view.table, query);
  }

  /** The query with its search looked up first, and the labels of the columns where that took too long. */
  private async narrow<Q extends RowConditions>(
    query: Q,
  ): Promise<{ query: Q; unsearched: readonly string[] }> {
    if (!query.search) return { query, unsearched: [] };
    const { search, unsearched } = await findMatches(this.db, this.view.table, query.search);
    const labels = unsearched.map(({ column }) => columnConfig(this.view, column.name).label);
    return { query: { ...query, search }, unsearched: [...new Set(labels)] };
  }

  /** The rows with these record ids, in the order of the ids; missing ones are left out. */
  findByIds(ids: readonly string[]): Promise<ViewedRow[]> {
    return this.findColumnsByIds(ids, this.view.columns);
  }

  /** The same, of each row what a list shows. */
  findListedByIds(ids: readonly string[]): Promise<ViewedRow[]> {
    return this.findColumnsByIds(ids, this.listed);
  }

  private async findColumnsByIds(ids: readonly string[], columns: readonly Column[]): Promise<ViewedRow[]> {
    const rows = await this.present(await findRowsById(this.db, this.view.table, columns, ids));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const others = ids.filter((id) => !byId.has(id));
    // A row that nobody asked for by its own id was asked for by one that the database takes for the same.
    if (rows.length + others.length > ids.length)
      for (const id of others) {
        const [row] = await this.present(await findRowsById(this.db, this.view.table, columns, [id]));
        if (row) byId.set(id, row);
      }
    return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
  }

  /** The rows of a query, neither counted nor with what their references lead to. */
  async findPlain(query: RowQuery): Promise<ViewedRow[]> {
    const { table, columns } = this.view;
    return this.toViewed(await findRows(this.db, table, columns, query), new Map());
  }

  /** The rows with these record ids, in no particular order, without what their references lead to. */
  async findPlainByIds(ids: readonly string[]): Promise<ViewedRow[]> {
    const { table, columns } = this.view;
    return this.toViewed(await findRowsById(this.db, table, columns, ids), new Map());
  }

  /** The bytes of one of the view's columns in the row with this id; null where it holds none, undefined without such a row. */
  findBytes(id: string, column: Column): Promise<Buffer | null | undefined> {
    return findBytesById(this.db, this.view.table, column, id);
  }

  /** Where a text typed into the search box is looked for, or into the field of a reference. */
  searchFor(text: string, scope: SearchScope = { isChoice: false }): Search {
    return { targets: findSearchTargets(this.views, this.view, text, scope) };
  }

  private async present(rows: readonly Row[]): Promise<ViewedRow[]> {
    return this.toViewed(rows, await this.findTitles(rows));
  }

  private toViewed(rows: readonly Row[], titles: ReferencedTitles): ViewedRow[] {
    return rows.map((row) => {
      const params = this.project(row);
      const references = [...titles].flatMap(([name, found]) => {
        const reference = params[name] === null ? undefined : found.get(String(params[name]));
        return reference ? [[name, reference] as const] : [];
      });
      const populated = Object.fromEntries(references);
      const id = recordIdOf(this.view.table, params);
      return { id, title: titleOf(this.view, id, params, populated), params, populated };
    });
  }

  private project(row: Row): Row {
    if (this.view.table.name !== ACTIVITY_TABLE) return row;
    return projectActivity(row, (table) => this.views.get(table)?.columns.map(({ name }) => name) ?? null);
  }

  private async findTitles(rows: readonly Row[]): Promise<ReferencedTitles> {
    const titles = new Map<string, Map<string, PopulatedReference>>();
    const lookUps = this.view.columns.map(async ({ name }) => {
      const reference = findReferenceView(this.views, this.view, name);
      const values = [...new Set(rows.map((row) => row[name] ?? null))].filter((value) => value !== null);
      if (!reference || values.length === 0) return;
      titles.set(name, await findReferencedTitles(this.db, reference.view, reference.valueColumn, values));
    });
    await Promise.all(lookUps);
    return titles;
  }
}

/** The columns without those that may be long and are not shown: a megabyte a row would be read for nothing. */
function listedColumns({ columns, table, resource, titleColumn }: TableView): Column[] {
  const isShown = ({ name }: Column) =>
    resource.listColumns.includes(name) || table.key.includes(name) || name === titleColumn?.name;
  return columns.filter((column) => isShort(column) || isShown(column));
}

function findsNothing({ search }: RowConditions): boolean {
  return search?.targets.length === 0 || search?.matches?.length === 0;
}

/** How many rows there are in all, where a page that is the last one tells it. */
function countedBy(place: Place, rows: number, hasMore: boolean): number | null {
  const passed = 'offset' in place ? place.offset : 'offsetFromEnd' in place ? place.offsetFromEnd : null;
  return passed !== null && !hasMore && (rows > 0 || passed === 0) ? passed + rows : null;
}

import type { Table } from '../database/table.ts';
import type { ColumnConfig, Format, Permission, Role } from './define.ts';
import type {
  BulkAction,
  PrintDocument,
  Queue,
  RecordAction,
  RecordPage,
  TablePage,
} from './define-action.ts';

/** A column of a resource, every default filled in. */
export interface ResourceColumn {
  readonly name: string;
  readonly label: string;
  readonly help: string | null;
  readonly format: Format | null;
  readonly tones: NonNullable<ColumnConfig['tones']>;
  readonly labels: NonNullable<ColumnConfig['labels']>;
  readonly readableBy: readonly Role[];
  readonly writableBy: readonly Role[];
}

/** A table with its config resolved: what the panel draws screens from. */
export interface Resource {
  readonly table: Table;
  readonly label: string;
  readonly singular: string;
  readonly about: string | null;
  readonly navigation: { readonly group: string; readonly position: number } | null;
  readonly icon: string;
  /** Column that stands for the row; the record id where the table has no fitting one. */
  readonly titleColumn: string | null;
  readonly listColumns: readonly string[];
  readonly showColumns: readonly string[];
  readonly formColumns: readonly string[];
  readonly filterColumns: readonly string[];
  readonly sort: { readonly column: string; readonly direction: 'asc' | 'desc' } | null;
  readonly allowed: Readonly<Record<Permission, readonly Role[]>>;
  readonly columns: ReadonlyMap<string, ResourceColumn>;
  /** Sentences by constraint name, without their full stop. */
  readonly constraints: Readonly<Record<string, string>>;
  /** What the resource file hands over beyond the schema; see define-action.ts. */
  readonly recordActions: readonly RecordAction[];
  readonly bulkActions: readonly BulkAction[];
  readonly pages: readonly TablePage[];
  readonly recordPage: RecordPage | null;
  readonly documents: readonly PrintDocument[];
  readonly queues: readonly Queue[];
}

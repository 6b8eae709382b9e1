import type {
  BulkAction,
  PrintDocument,
  Queue,
  RecordAction,
  RecordPage,
  TablePage,
} from './define-action.ts';
import type { Access, ValueTone } from './role.ts';

export {
  type Access,
  ROLES,
  type Role,
  TONES,
  type Tone,
  VALUE_TONES,
  type ValueTone,
} from './role.ts';

/** What can be done with a table's rows. */
export const PERMISSIONS = ['list', 'show', 'create', 'edit', 'delete'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a column can be shown and edited as. */
export const FORMATS = ['money', 'badge', 'text', 'longtext', 'email', 'boolean', 'number'] as const;
export type Format = (typeof FORMATS)[number];

/** How one column looks and who may see or change it. */
export interface ColumnConfig {
  label?: string;
  /** A line under the field in forms. */
  help?: string;
  /** Instead of what the column's type suggests. */
  format?: Format;
  /** Badge colour by value; a value of tone `none` is left out of lists. */
  tones?: Readonly<Record<string, ValueTone>>;
  /** Words shown instead of stored values. */
  labels?: Readonly<Record<string, string>>;
  /** Who sees the column at all; absent: everybody who sees the table, or nobody where the name says secret. */
  read?: Access;
  /** Who may set it in forms; absent: everybody who may read it and may create or edit rows. */
  write?: Access;
}

/** The shape of one table's screens. Everything but `table` has a default drawn from the schema. */
export interface ResourceConfig {
  table: string;
  /** The plural shown in the navigation, such as 'Movies'. */
  label?: string;
  /** One row, such as 'movie'. */
  singular?: string;
  /** A sentence or two under the heading of the list and of a row: what the rows are, or how they are changed. */
  about?: string;
  /** Where the table stands in the navigation: a smaller position stands higher. false keeps it out. */
  navigation?: { group: string; position?: number } | false;
  /** A Feather icon name, such as 'Film'. */
  icon?: string;
  /** The column whose value stands for the row in references and headings; false: its key does. */
  title?: string | false;
  list?: {
    columns?: readonly string[];
    sort?: { column: string; direction: 'asc' | 'desc' };
    /** Columns offered in the filter panel. */
    filters?: readonly string[];
  };
  /** Columns of the show page, in order. */
  show?: readonly string[];
  /** Columns of the forms, in order. */
  form?: readonly string[];
  /** Absent: everybody lists and shows, admins do all. Present: what is not named is denied. */
  can?: Partial<Record<Permission, Access>>;
  columns?: Readonly<Record<string, ColumnConfig>>;
  /** Sentences for violated CHECK, unique and foreign key constraints, by constraint name. */
  constraints?: Readonly<Record<string, string>>;
  /** Steps for one row, offered on its page and in the list. */
  recordActions?: readonly RecordAction[];
  /** Steps for the rows selected in the list. */
  bulkActions?: readonly BulkAction[];
  /** Pages of the table with components of their own. */
  pages?: readonly TablePage[];
  /** Takes the place of the generated page of a row. */
  recordPage?: RecordPage;
  /** Pages to print for one row or the selected ones. */
  documents?: readonly PrintDocument[];
  /** Ready-made filters of the list. */
  queues?: readonly Queue[];
}

/** Describes a table's screens: `export default defineResource({ table: 'movies', … })` in a file of `resources/`. */
export function defineResource(config: ResourceConfig): ResourceConfig {
  return config;
}

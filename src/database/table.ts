/** What a column holds, whatever the server calls it. */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'string'
  | 'text'
  | 'enum'
  | 'set'
  | 'date'
  | 'datetime'
  | 'time'
  | 'year'
  | 'json'
  | 'bit'
  | 'binary'
  | 'blob'
  | 'geometry';

/** One column as introspection found it. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The server's own type text, such as `decimal(8,2)`. */
  readonly sqlType: string;
  /** Whether a boolean by type was seen to hold other numbers than 0 and 1, see `markNumbers`. */
  readonly holdsNumbers?: boolean;
  readonly nullable: boolean;
  /** Whether an INSERT may leave the column out: it has a default, or a trigger that may fill it. */
  readonly hasDefault: boolean;
  /** The default where it is a plain value, for filling a form; null for none and for expressions. */
  readonly defaultValue: string | null;
  readonly autoIncrement: boolean;
  /** Computed by the server: never written. */
  readonly generated: boolean;
  /** Of a generated column: the server's own text of how; null of any other. */
  readonly expression: string | null;
  /** 64 bits wide: carried as a string, as JavaScript numbers would round it. */
  readonly wide: boolean;
  readonly unsigned: boolean;
  /** In characters (bytes for binary columns), null where the type has no length. */
  readonly maxLength: number | null;
  /** Digits in all and digits after the point (for times: digits of the second's fraction). */
  readonly precision: number | null;
  readonly scale: number | null;
  /** The members of an ENUM or SET, in their own case. */
  readonly values: readonly string[];
  /** The rules by which its text is compared, null where it holds none. */
  readonly collation: string | null;
  readonly comment: string;
}

export interface UniqueKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Index {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly referencedTable: string;
  readonly referencedColumns: readonly string[];
  readonly onDelete: ReferenceRule;
  readonly onUpdate: ReferenceRule;
}

/** What becomes of the rows that point at a row which goes or gets another key. */
export type ReferenceRule = 'refuse' | 'cascade' | 'set_null';

/** A trigger that runs before a row is written, and may change what is. */
export interface Trigger {
  readonly event: 'insert' | 'update';
  /** The server's own text of what it does. */
  readonly statement: string;
}

export interface Check {
  readonly name: string;
  /** The server's own text of the condition. */
  readonly clause: string;
}

/** A table or view of the schema: raw rows in, frozen metadata out. */
export interface Table {
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** Of MariaDB's system-versioned tables: the column that tells until when a row was current; null of any other. */
  readonly rowEnd: string | null;
  readonly columns: readonly Column[];
  /** The columns that tell rows apart: the primary key, else a unique key without NULLs; empty where there is none. */
  readonly key: readonly string[];
  readonly uniqueKeys: readonly UniqueKey[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly triggers: readonly Trigger[];
  /** Those that hold whole columns in rising order. */
  readonly indexes: readonly Index[];
  /** Columns that lead an index: a filter or sort on them need not read the whole table. */
  readonly indexedColumns: readonly string[];
  readonly comment: string;
}

/** Finds a column by name. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** The single-column foreign key on a column, if any; composite ones are left to the database to check. */
export function findReference(table: Table, columnName: string): ForeignKey | undefined {
  return table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === columnName);
}

/** Whether a trigger may give the column another value than a write does. */
export function isTriggered(
  triggers: readonly Trigger[],
  event: Trigger['event'],
  columnName: string,
): boolean {
  const named = `new.${columnName.toLowerCase()}`;
  return triggers.some((trigger) => {
    const text = trigger.statement
      .toLowerCase()
      .replaceAll('`', '')
      .replaceAll(/\s*\.\s*/g, '.');
    const [, ...rests] = text.split(named);
    return trigger.event === event && rests.some((rest) => !/^[\w$]/.test(rest));
  });
}

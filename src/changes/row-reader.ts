import { isDeepStrictEqual } from 'node:util';
import { type JsonValue, readValue } from '../database/column-value.ts';
import { encodeRecordId } from '../database/record-id.ts';
import type { Column, Table } from '../database/table.ts';
import { COLUMN_TYPES } from './log/column-types.ts';
import type { LoggedColumn, TableMap } from './log/table-map.ts';
import { createValueReader, type ValueReader } from './log/value-reader.ts';
import type { RowImage } from './transaction.ts';

/** A row as the log holds it: a bit for each column that is there and NULL, then the values of the others. */
export interface LoggedRow {
  readonly bytes: Buffer;
  readonly at: number;
  /** The indexes of the columns that are there. */
  readonly present: readonly number[];
  /** What the server left out and was computed from the rest, by column. */
  computed?: Readonly<Record<string, JsonValue>>;
}

interface ReadColumn {
  readonly name: string;
  readonly fixedBytes: number | null;
  readonly prefixBytes: number;
  readonly readRaw: ValueReader | null;
  readonly read: ((bytes: Buffer, at: number, length: number) => JsonValue) | null;
  /** Of each value it is tried whether it can be read, before it is told. */
  readonly isDoubtful: boolean;
}

const NULL_LENGTH = -1;

/** Reads the rows of one table in the form in which one table map says that they are logged. */
export class RowReader {
  readonly table: string;
  /** False: the log's columns are not the table's, or hold what cannot be read. */
  readonly isComplete: boolean;
  private readonly source: Table;
  private readonly columns: readonly ReadColumn[];
  private readonly keyIndexes: readonly number[];
  private readonly rowEndIndex: number;

  constructor(table: Table, { columns: logged }: TableMap) {
    this.table = table.name;
    this.source = table;
    const pairs = (logged ?? []).map((column, index) => ({
      logged: column,
      column: findColumn(table, logged ?? [], index),
    }));
    this.columns = pairs.map((pair) => createReadColumn(pair.logged, pair.column));
    const names = pairs.map(({ column }) => column?.name);
    this.keyIndexes = table.key.map((name) => names.indexOf(name));
    this.rowEndIndex = findRowEnd(table, logged ?? []);
    this.isComplete =
      logged !== null && table.columns.every(({ name }) => this.columns[names.indexOf(name)]?.read != null);
  }

  /** Whether images with these columns hold all of the table's; 'computable' where only what the server computes is missing. */
  coverage(present: readonly number[]): 'whole' | 'computable' | 'partial' {
    if (present.length === this.columns.length) return 'whole';
    const held = new Set(present.map((index) => this.columns[index]?.name));
    const missing = this.source.columns.filter(({ name }) => !held.has(name));
    if (missing.length === 0) return 'whole';
    const isComputable = missing.every(({ generated, name }) => generated && !this.source.key.includes(name));
    return isComputable ? 'computable' : 'partial';
  }

  /** Where the row's image ends. Throws where it goes beyond its event, or holds a value that cannot be read. */
  endOf(row: LoggedRow): number {
    const end = this.walk(row, (index, at, length) => {
      const { isDoubtful, read } = this.columns[index] as ReadColumn;
      if (isDoubtful && length !== NULL_LENGTH) read?.(row.bytes, at, length);
    });
    if (end > row.bytes.length) throw new RangeError('A logged row goes beyond its event.');
    return end;
  }

  /** The values of some columns as the driver answers them to a SELECT. */
  readRaw(row: LoggedRow, names: readonly string[]): unknown[] {
    const raw: unknown[] = names.map(() => null);
    this.walk(row, (index, at, length) => {
      const { name, readRaw } = this.columns[index] as ReadColumn;
      const slot = names.indexOf(name);
      if (slot >= 0 && length !== NULL_LENGTH) raw[slot] = readRaw?.(row.bytes, at, length);
    });
    return raw;
  }

  /** Every column, as `readValue` gives it. */
  read(row: LoggedRow): RowImage {
    // A column may be called `__proto__`, which would be no property of an object like others.
    const image: Record<string, JsonValue> = Object.create(null);
    this.walk(row, (index, at, length) => {
      const { name, read } = this.columns[index] as ReadColumn;
      if (read) image[name] = length === NULL_LENGTH ? null : read(row.bytes, at, length);
    });
    const { computed } = row;
    if (!computed) return image;
    // In the order of the table's columns, as every other image.
    return Object.fromEntries(
      this.source.columns.map(({ name }) => [name, (name in image ? image[name] : computed[name]) ?? null]),
    );
  }

  recordId(row: LoggedRow): string {
    return encodeRecordId(this.values(row, this.keyIndexes));
  }

  /** Whether an update left the record its id. */
  isSameRecord(before: LoggedRow, after: LoggedRow): boolean {
    return this.isSame(before, after, this.keyIndexes);
  }

  /** Whether an update left these columns as they were. */
  isUnchanged(before: LoggedRow, after: LoggedRow, names: ReadonlySet<string>): boolean {
    const indexes = this.columns.flatMap(({ name }, index) => (names.has(name) ? [index] : []));
    return this.isSame(before, after, indexes);
  }

  /** Whether the row was of the past when it was written: of a system-versioned table, no query shows it. */
  isPast(row: LoggedRow): boolean {
    if (this.rowEndIndex < 0) return false;
    let isPast = false;
    this.walk(row, (index, at, length) => {
      if (index === this.rowEndIndex) isPast = !isEndOfTime(row.bytes.subarray(at, at + length));
    });
    return isPast;
  }

  private isSame(before: LoggedRow, after: LoggedRow, indexes: readonly number[]): boolean {
    return isDeepStrictEqual(this.values(before, indexes), this.values(after, indexes));
  }

  private values(row: LoggedRow, indexes: readonly number[]): JsonValue[] {
    const values: JsonValue[] = indexes.map(() => null);
    this.walk(row, (index, at, length) => {
      const slot = indexes.indexOf(index);
      if (slot < 0) return;
      values[slot] =
        length === NULL_LENGTH ? null : (this.columns[index]?.read?.(row.bytes, at, length) ?? null);
    });
    return values;
  }

  /** Visits the columns that are there, and tells where the row ends. */
  private walk(row: LoggedRow, visit: (index: number, at: number, length: number) => void): number {
    const { bytes, present } = row;
    const nulls = row.at;
    let at = nulls + ((present.length + 7) >> 3);
    for (let bit = 0; bit < present.length; bit++) {
      const index = present[bit] as number;
      if (((bytes[nulls + (bit >> 3)] as number) & (1 << (bit & 7))) !== 0) {
        visit(index, at, NULL_LENGTH);
        continue;
      }
      const { fixedBytes, prefixBytes } = this.columns[index] as ReadColumn;
      const length = fixedBytes ?? bytes.readUIntLE(at, prefixBytes);
      at += prefixBytes;
      visit(index, at, length);
      at += length;
    }
    return at;
  }
}

/** By its name; where the log has none, by its place. */
function findColumn(table: Table, logged: readonly LoggedColumn[], index: number): Column | undefined {
  const name = logged[index]?.name;
  if (name !== null && name !== undefined) return table.columns.find((column) => column.name === name);
  const hidden = table.rowEnd && !table.columns.some((column) => column.name === table.rowEnd) ? 2 : 0;
  return logged.length === table.columns.length + hidden ? table.columns[index] : undefined;
}

/** The columns of a system-versioned table that it does not show are its last two: from when, and until when. */
function findRowEnd(table: Table, logged: readonly LoggedColumn[]): number {
  if (table.rowEnd === null) return -1;
  const named = logged.findIndex(({ name }) => name === table.rowEnd);
  const shown = table.columns.findIndex(({ name }) => name === table.rowEnd);
  return named >= 0 ? named : shown >= 0 ? shown : logged.length - 1;
}

// The last moment that a TIMESTAMP(6) can hold, before and from MariaDB 11.5 on, and the last transaction's number.
const ENDS_OF_TIME = new Set(['7fffffff0f423f', 'ffffffff0f423f', 'ffffffffffffffff']);

function isEndOfTime(bytes: Buffer): boolean {
  return ENDS_OF_TIME.has(bytes.toString('hex'));
}

function createReadColumn(logged: LoggedColumn, column: Column | undefined): ReadColumn {
  const type = COLUMN_TYPES.get(logged.type);
  const fixedBytes = type?.fixedBytes(logged.metadata) ?? null;
  const readRaw = column ? createValueReader(column, logged) : null;
  return {
    name: column?.name ?? '',
    fixedBytes,
    prefixBytes: fixedBytes === null ? (type?.prefixBytes(logged.metadata) ?? 0) : 0,
    readRaw,
    read: column && readRaw ? (bytes, at, length) => readValue(column, readRaw(bytes, at, length)) : null,
    isDoubtful: column?.kind === 'geometry',
  };
}

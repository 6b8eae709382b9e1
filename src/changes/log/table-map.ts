import { readLengthEncoded } from './bytes.ts';
import { COLUMN_TYPES } from './column-types.ts';

const COLUMN_NAMES_FIELD = 4;

/** A column as rows of the log hold it. */
export interface LoggedColumn {
  /** Null where the server logs no names (`binlog_row_metadata=MINIMAL`). */
  readonly name: string | null;
  /** The server's number of the type; ENUM and SET are told from the strings that they are sent as. */
  readonly type: number;
  /** What the type needs to be read: a length, precision and scale, or digits of a second; see column-types.ts. */
  readonly metadata: readonly [number, number];
}

export interface TableMap {
  readonly schema: string;
  readonly table: string;
  /** Null where a type is unknown: the rows' lengths cannot be told. */
  readonly columns: readonly LoggedColumn[] | null;
}

/** The schema and table that a table map is of, without the rest of it. */
export function readTableName(map: Buffer): { schema: string; table: string; next: number } {
  const schemaEnd = 1 + map.readUInt8(0);
  const tableStart = schemaEnd + 2;
  const tableEnd = tableStart + map.readUInt8(schemaEnd + 1);
  return {
    schema: map.toString('utf8', 1, schemaEnd),
    table: map.toString('utf8', tableStart, tableEnd),
    next: tableEnd + 1,
  };
}

/** Decodes the body of a TABLE_MAP_EVENT behind its id and flags. */
export function decodeTableMap(map: Buffer): TableMap {
  const { schema, table, next } = readTableName(map);
  const count = readLengthEncoded(map, next);
  const types = map.subarray(count.next, count.next + count.value);
  const metadataLength = readLengthEncoded(map, count.next + count.value);
  const metadataEnd = metadataLength.next + metadataLength.value;
  const columns = decodeColumns(types, map.subarray(metadataLength.next, metadataEnd));
  const names = findColumnNames(map.subarray(metadataEnd + ((count.value + 7) >> 3)));
  return {
    schema,
    table,
    columns: columns?.map((column, index) => ({ ...column, name: names?.[index] ?? null })) ?? null,
  };
}

function decodeColumns(types: Buffer, metadata: Buffer): LoggedColumn[] | null {
  const columns: LoggedColumn[] = [];
  let at = 0;
  for (const type of types) {
    const width = COLUMN_TYPES.get(type)?.metadataBytes;
    if (width === undefined) return null;
    columns.push(decodeColumn(type, metadata.subarray(at, at + width)));
    at += width;
  }
  return columns;
}

const STRING = 254;

function decodeColumn(type: number, [first = 0, second = 0]: Buffer): LoggedColumn {
  if (type !== STRING) return { name: null, type, metadata: [first, second] };
  // Two bits of a long CHAR's length are kept, upside down, in the byte of its type.
  const isLong = (first & 0x30) !== 0x30;
  const length = isLong ? second | (((first & 0x30) ^ 0x30) << 4) : second;
  return { name: null, type: isLong ? first | 0x30 : first, metadata: [length & 0xff, length >> 8] };
}

/** From the optional fields (type, length, value) at a table map's end. */
function findColumnNames(fields: Buffer): string[] | null {
  for (let at = 0; at < fields.length; ) {
    const { value: length, next } = readLengthEncoded(fields, at + 1);
    if (fields[at] === COLUMN_NAMES_FIELD) return decodeNames(fields.subarray(next, next + length));
    at = next + length;
  }
  return null;
}

function decodeNames(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value: length, next } = readLengthEncoded(bytes, at);
    names.push(bytes.toString('utf8', next, next + length));
    at = next + length;
  }
  return names;
}

import { decimalBytes } from './decode-decimal.ts';
import { fractionBytes } from './decode-time.ts';

type Metadata = readonly [number, number];

export interface ColumnType {
  /** Bytes of a table map that tell more of the column. */
  readonly metadataBytes: 0 | 1 | 2;
  /** The bytes of every value, where all have the same; else null, and the value begins with its length. */
  fixedBytes(metadata: Metadata): number | null;
  /** The bytes of the length that a value begins with. */
  prefixBytes(metadata: Metadata): number;
}

const fixed = (bytes: number, metadataBytes: 0 | 1 = 0): ColumnType => ({
  metadataBytes,
  fixedBytes: () => bytes,
  prefixBytes: () => 0,
});
const sized = (metadataBytes: 1 | 2, fixedBytes: (metadata: Metadata) => number): ColumnType => ({
  metadataBytes,
  fixedBytes,
  prefixBytes: () => 0,
});
const varying = (metadataBytes: 1 | 2, prefixBytes: (metadata: Metadata) => number): ColumnType => ({
  metadataBytes,
  fixedBytes: () => null,
  prefixBytes,
});

const byLongestLength = ([low, high]: Metadata) => (low + high * 256 > 255 ? 2 : 1);
const ofWidth = ([width]: Metadata) => width;
const MEMBERS = sized(2, ofWidth);

/** The types of columns that rows of the log hold, by their number (both servers' `enum_field_types`). */
export const COLUMN_TYPES: ReadonlyMap<number, ColumnType> = new Map([
  [1, fixed(1)], // TINYINT
  [2, fixed(2)], // SMALLINT
  [3, fixed(4)], // INT
  [4, fixed(4, 1)], // FLOAT
  [5, fixed(8, 1)], // DOUBLE
  [7, fixed(4)], // TIMESTAMP of old
  [8, fixed(8)], // BIGINT
  [9, fixed(3)], // MEDIUMINT
  [10, fixed(3)], // DATE
  [11, fixed(3)], // TIME of old
  [12, fixed(8)], // DATETIME of old
  [13, fixed(1)], // YEAR
  [14, fixed(3)], // DATE
  [15, varying(2, byLongestLength)], // VARCHAR, VARBINARY
  [16, sized(2, ([bits, bytes]) => bytes + (bits > 0 ? 1 : 0))], // BIT
  [17, sized(1, ([digits]) => 4 + fractionBytes(digits))], // TIMESTAMP
  [18, sized(1, ([digits]) => 5 + fractionBytes(digits))], // DATETIME
  [19, sized(1, ([digits]) => 3 + fractionBytes(digits))], // TIME
  [140, varying(1, ofWidth)], // MariaDB's TEXT and BLOB COMPRESSED
  [141, varying(2, byLongestLength)], // MariaDB's VARCHAR COMPRESSED
  [242, varying(1, ofWidth)], // MySQL's VECTOR
  [245, varying(1, ofWidth)], // MySQL's JSON
  [246, sized(2, ([precision, scale]) => decimalBytes(precision, scale))], // DECIMAL
  [247, MEMBERS], // ENUM
  [248, MEMBERS], // SET
  [252, varying(1, ofWidth)], // TEXT, BLOB
  [253, varying(2, byLongestLength)], // VARCHAR
  [254, varying(2, byLongestLength)], // CHAR, BINARY, UUID, INET6
  [255, varying(1, ofWidth)], // geometries
]);

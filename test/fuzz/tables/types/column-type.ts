import type fc from 'fast-check';

/** What columns of a type have in common for the oracle. */
export type Family =
  | 'integer'
  | 'boolean'
  | 'decimal'
  | 'float'
  | 'bit'
  | 'year'
  | 'text'
  | 'choice'
  | 'choices'
  | 'date'
  | 'datetime'
  | 'time'
  | 'bytes'
  | 'json'
  | 'geometry'
  | 'address';

/** A type of column, and what it may hold. */
export interface ColumnType {
  /** As it stands behind the column's name. */
  readonly sql: string;
  readonly family: Family;
  /** Too long to be sorted, found whole, or part of a key. */
  readonly isLong?: boolean;
  /** The only server that knows it. */
  readonly server?: 'mariadb' | 'mysql';
  /** SQL expressions, never NULL. */
  readonly values: fc.Arbitrary<string>;
}

/** A text as an SQL expression that no setting of the session reads otherwise. */
export const textSql = (text: string): string =>
  `CONVERT(X'${Buffer.from(text, 'utf8').toString('hex')}' USING utf8mb4)`;

/** Bytes as an SQL expression. */
export const bytesSql = (bytes: Uint8Array): string => `X'${Buffer.from(bytes).toString('hex')}'`;

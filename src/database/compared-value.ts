import type { Parameter } from './column-value.ts';
import { quoteIdentifier } from './identifier.ts';
import type { SqlPart } from './sql-part.ts';
import type { Column } from './table.ts';

/**
 * A value as it stands beside a column in a comparison: in the column's own type, so that its index serves. A text that
 * the column's character set has no letters for is NULL, which equals nothing; the servers would refuse to compare it.
 */
export function comparedSql(column: Column, value: Parameter): SqlPart {
  // A string beside a DECIMAL would be compared as a double.
  if (column.kind === 'decimal')
    return { sql: `CAST(? AS DECIMAL(${column.precision}, ${column.scale}))`, parameters: [value] };
  const { collation } = column;
  const charset = collation === null ? 'utf8mb4' : charsetOf(collation);
  if (collation === null || charset === 'utf8mb4' || !isText(column))
    return { sql: '?', parameters: [value] };
  const encoded = `CONVERT(? USING ${quoteIdentifier(charset)})`;
  const isWhole = `CONVERT(${encoded} USING utf8mb4) COLLATE utf8mb4_bin = ?`;
  const sql = `IF(${isWhole}, ${encoded}, NULL) COLLATE ${quoteIdentifier(collation)}`;
  return { sql, parameters: [value, value, value] };
}

/** The character set whose letters a collation compares: each is named after it. */
export function charsetOf(collation: string): string {
  return collation.split('_')[0] ?? collation;
}

/** Whether a column's value is text to the server, ENUMs and SETs among it. */
export function isText({ kind }: Column): boolean {
  return ['string', 'text', 'enum', 'set'].includes(kind);
}

/** A defect put back on purpose: what becomes of statements, and of the values bound in them, on their way to the server. */
export interface Plant {
  readonly sql?: (sql: string) => string;
  readonly text?: (text: string, sql: string) => string;
  /** What each connection is told first. */
  readonly session?: string;
}

/** Of kinds that were once in the product or in its like, each with a seed whose tables show it. */
export const PLANTED: Readonly<Record<string, Plant & { readonly seed: number }>> = {
  'a walk passes over NULL': {
    seed: 2,
    sql: (sql) => (sql.includes('ORDER BY') ? sql.replace(/`[^`]+` IS NULL/g, 'FALSE') : sql),
  },
  'an edit changes a second column': {
    seed: 2,
    sql: (sql) => sql.replace(/^(UPDATE (?!`panel_).*? SET )/, '$1row_no = row_no + 1, '),
  },
  'a filter by no value finds nothing': {
    seed: 2,
    sql: (sql) => sql.replace(/WHERE \(`[^`]+` IS NULL/g, 'WHERE (FALSE'),
  },
  'an order goes by how numbers are spelt': {
    seed: 8,
    sql: (sql) => sql.replace(/ORDER BY (`[^`]+`\.`[^`]+`)/g, 'ORDER BY CAST($1 AS CHAR)'),
  },
  'a decimal goes through a double': {
    seed: 12,
    sql: (sql) => sql.replace(/CAST\(\? AS DECIMAL\(\d+, \d+\)\)/g, '(? + 0e0)'),
  },
  'a row is told by the first column of its key': {
    seed: 8,
    sql: (sql) => sql.replace(/^((?:UPDATE|DELETE) .* WHERE `[^`]+` = .+?) AND .*$/, '$1'),
  },
  'plain names are not quoted': {
    seed: 8,
    sql: (sql) => sql.replace(/`([A-Za-z_]+)`/g, '$1'),
  },
  'times are read in another zone': {
    seed: 10,
    session: "SET SESSION time_zone = '+01:00'",
  },
  'a fraction of a second is dropped': {
    seed: 11,
    text: (text) => text.replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.\d+$/, '$1'),
  },
  'spaces at the end are dropped from what is written': {
    seed: 10,
    text: (text, sql) => (/^(?:INSERT|UPDATE)/.test(sql) ? text.trimEnd() : text),
  },
};

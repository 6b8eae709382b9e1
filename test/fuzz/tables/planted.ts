/** A defect put back on purpose: what becomes of a statement on its way to the server. */
export interface Plant {
  readonly sql?: (sql: string) => string;
}

/** Of kinds that were once in the product or in its like. */
export const PLANTED: Readonly<Record<string, Plant>> = {
  'a walk passes over NULL': {
    sql: (sql) => (sql.includes('ORDER BY') ? sql.replace(/`[^`]+` IS NULL/g, 'FALSE') : sql),
  },
  'an edit changes a second column': {
    sql: (sql) => sql.replace(/^(UPDATE (?!`panel_).*? SET )/, '$1row_no = row_no + 1, '),
  },
};

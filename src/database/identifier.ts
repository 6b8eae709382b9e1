/** Quotes a table, column or schema name for MySQL and MariaDB. The only place where identifiers enter SQL. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** Quotes a table, column or schema name for MySQL and MariaDB. The only place where identifiers enter SQL. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** In characters, of both servers' identifiers. */
const LONGEST_NAME = 64;

/** A name for what stands beside columns and tables in a query: longer than any of theirs, so that it is none. */
export function aliasOf(name: string): string {
  return name.padStart(LONGEST_NAME + 1, '_');
}

/** The driver refuses the former; servers drop spaces and control characters before a name that something is selected as. */
const REFUSED_IN_RESULTS = /^(?:__(?:proto|(?:define|lookup)[GS]etter)__$|\s|\p{Cc})/u;

/** The name under which a column of this name is selected: another one where it would not come back as it is. */
export function resultName(name: string): string {
  return REFUSED_IN_RESULTS.test(name) ? aliasOf(name) : name;
}

import type { Problem } from '../errors.ts';
import { quoteIdentifier } from './identifier.ts';
import { introspect } from './introspect.ts';
import type { Queryable } from './pool.ts';
import type { Table } from './table.ts';

const ACCESS_DENIED_ERRNOS: ReadonlySet<number> = new Set([1142, 1143]);
const NAMED_TABLES = 5;

/** Tries to write each table, on no row, and tells those in which this account may not do all that its screens offer. */
export async function checkTableGrants(db: Queryable): Promise<Problem[]> {
  const problems: Problem[] = [];
  const tables = (await introspect(db)).filter(
    ({ kind, name }) => kind === 'table' && !name.startsWith('panel_'),
  );
  for (const privilege of ['INSERT', 'UPDATE', 'DELETE'] as const) {
    const denied: string[] = [];
    for (const table of tables)
      if (!(await isAllowed(db, trialOf(privilege, table)))) denied.push(table.name);
    if (denied.length > 0) problems.push(describeDenied(privilege, denied));
  }
  return problems;
}

function trialOf(privilege: 'INSERT' | 'UPDATE' | 'DELETE', table: Table): string {
  const name = quoteIdentifier(table.name);
  const column = quoteIdentifier(table.columns.find(({ generated }) => !generated)?.name ?? '');
  switch (privilege) {
    case 'INSERT':
      return `INSERT INTO ${name} (${column}) SELECT ${column} FROM ${name} WHERE FALSE`;
    case 'UPDATE':
      return `UPDATE ${name} SET ${column} = ${column} WHERE FALSE`;
    case 'DELETE':
      return `DELETE FROM ${name} WHERE FALSE`;
  }
}

async function isAllowed(db: Queryable, sql: string): Promise<boolean> {
  try {
    await db.query(sql);
    return true;
  } catch (error) {
    // Whatever else stops it stops nobody else's rows.
    return !ACCESS_DENIED_ERRNOS.has((error as { errno?: number }).errno ?? 0);
  }
}

function describeDenied(privilege: string, tables: readonly string[]): Problem {
  const others = tables.length - NAMED_TABLES;
  const names = tables.slice(0, NAMED_TABLES).join(', ') + (others > 0 ? ` and ${others} more` : '');
  return {
    code: 'table_read_only',
    where: 'DATABASE_URL',
    message: `this account may not ${privilege} in ${names}: what screens offer there is refused.`,
    fix: `GRANT ${privilege} ON the schema, or on these tables, to this account; or leave it so, if nobody shall.`,
  };
}

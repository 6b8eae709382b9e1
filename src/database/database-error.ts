import { type Refusal, refuse } from '../errors.ts';
import { sentences } from '../sentence.ts';
import { isBusy } from './busy.ts';
import { findColumn, type Table } from './table.ts';

interface SqlError {
  errno?: number;
  sqlMessage?: string;
}

/** Words for a table's columns, constraints and other tables, as its screens use them. */
export interface Wording {
  /** One row of the table, such as 'movie'. */
  readonly singular: string;
  column(name: string): string;
  /** The plural of a table's label, in lower case. */
  table(name: string): string;
  /** A sentence for a constraint, where the config gives one. */
  constraint(name: string): string | undefined;
}

const SIGNAL_ERRNO = 1644;

/** What a trigger refused a write with (SIGNAL), in its own words; null for any other error. */
export function describeSignal(error: unknown): Refusal | null {
  const { errno, sqlMessage = '' } = (error ?? {}) as SqlError;
  return errno === SIGNAL_ERRNO ? refuse('refused_by_database', sqlMessage) : null;
}

/**
 * Says in words why the database refused a write to `table`, on the field it is about where there is one; null where
 * the error is no refusal but a fault. Numbers: MySQL's and MariaDB's error references.
 */
export function describeDatabaseError(error: unknown, table: Table, wording: Wording): Refusal | null {
  const { errno = 0, sqlMessage = '' } = error as SqlError;
  const column = /column '([^']+)'/i.exec(sqlMessage)?.[1] ?? /Field '([^']+)'/.exec(sqlMessage)?.[1];
  const onColumn = (code: string, message: string) => refuseField(code, column, message, table, wording);
  switch (errno) {
    case 1062:
      return describeDuplicate(sqlMessage, table, wording);
    case 1451:
    case 1217:
      return describeStillUsed(sqlMessage, wording);
    case 1452:
    case 1216:
      return describeMissingReference(sqlMessage, table, wording);
    case 3819:
    case 4025:
      return describeCheck(sqlMessage, table, wording);
    case 1406:
      return onColumn('too_long', 'is too long');
    case 1264:
    case 1690:
      return onColumn('out_of_range', 'is out of range');
    case 1048:
    case 1364:
      return onColumn('required', 'must be filled in');
    case 1265:
    case 1292:
    case 1366:
    case 1367:
    case 3140:
      return onColumn('bad_value', 'is not a value that fits');
    case SIGNAL_ERRNO:
      return describeSignal(error);
    case 1142:
    case 1143:
    case 1227:
      return refuse(
        'no_grant',
        "The panel's database account may not do this. Ask the operator to grant it.",
      );
    default:
      return isBusy(error)
        ? refuse('busy', 'Somebody else is changing this right now. Please try again.')
        : null;
  }
}

function refuseField(
  code: string,
  column: string | undefined,
  message: string,
  table: Table,
  wording: Wording,
): Refusal {
  if (!column || !findColumn(table, column)) return refuse(code, sentences([`A value ${message}`]));
  const told = `${wording.column(column)} ${message}`;
  return refuse(code, sentences([told]), { [column]: told });
}

function describeDuplicate(sqlMessage: string, table: Table, wording: Wording): Refusal {
  const name = (/for key '([^']+)'/.exec(sqlMessage)?.[1] ?? '').split('.').pop() ?? '';
  const columns =
    name === 'PRIMARY' ? table.key : (table.uniqueKeys.find((key) => key.name === name)?.columns ?? []);
  const labels = columns.map((column) => wording.column(column).toLowerCase());
  const sentence =
    wording.constraint(name) ??
    `Another ${wording.singular} already has this ${labels.length > 0 ? joinWords(labels) : 'value'}`;
  return refuseOn('duplicate', columns, sentence);
}

function describeMissingReference(sqlMessage: string, table: Table, wording: Wording): Refusal {
  const name = /CONSTRAINT [`"]([^`"]+)[`"] FOREIGN KEY/.exec(sqlMessage)?.[1] ?? '';
  const key = table.foreignKeys.find((candidate) => candidate.name === name);
  const sentence =
    wording.constraint(name) ??
    `There is no such ${key ? joinWords(key.columns.map((column) => wording.column(column).toLowerCase())) : 'record'}`;
  return refuseOn('missing_reference', key?.columns ?? [], sentence);
}

function describeStillUsed(sqlMessage: string, wording: Wording): Refusal {
  const user = /\(`[^`]+`\.`([^`]+)`, CONSTRAINT/.exec(sqlMessage)?.[1];
  const users = user ? wording.table(user) : 'other records';
  return refuse('still_used', `This ${wording.singular} is still used by ${users}. Remove those first.`);
}

function describeCheck(sqlMessage: string, table: Table, wording: Wording): Refusal {
  const name = /(?:Check constraint '|CONSTRAINT `)([^'`]+)/.exec(sqlMessage)?.[1] ?? '';
  const clause = table.checks.find((check) => check.name === name.split('.').pop())?.clause ?? '';
  const columns = table.columns
    .map(({ name: column }) => column)
    .filter((column) => clause.includes(`\`${column}\``));
  const sentence =
    wording.constraint(name.split('.').pop() ?? '') ??
    `These values do not fit together: ${joinWords(columns.map((column) => wording.column(column).toLowerCase())) || name}`;
  return refuseOn('check_failed', columns, sentence);
}

function refuseOn(code: string, columns: readonly string[], statement: string): Refusal {
  return refuse(
    code,
    sentences([statement]),
    Object.fromEntries(columns.map((column) => [column, statement])),
  );
}

function joinWords(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

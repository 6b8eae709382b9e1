import type { Problem } from '../errors.ts';
import type { ServerKind } from './server-kind.ts';

/** What stands between an account and the whole of the server's binary log. */
export interface LogReport {
  /** The log cannot be read: screens show the panel's own changes only. */
  readonly stops: readonly Problem[];
  /** The log can be read, and does not tell every change row by row. */
  readonly gaps: readonly Problem[];
  /** Everything works, and could work better. */
  readonly advice: readonly Problem[];
}

/** Global variables of the server by name; one that it does not know is absent. */
export type ServerVariables = Readonly<Record<string, string>>;

interface Rule {
  readonly code: string;
  readonly weight: keyof LogReport;
  readonly variable: string;
  /** Null: the only good value is `wanted`. */
  readonly isGood?: (value: string) => boolean;
  readonly wanted: string;
  /** Completes "is <value>: …". */
  readonly meaning: string;
  /** Whether a connection keeps the value that was there when it began. */
  readonly perSession?: true;
  /** Whether Amazon's servers have another setting in its place. */
  readonly notOnAmazon?: true;
  /** Instead of the usual cure. */
  readonly fix?: Readonly<Record<ServerKind['host'], string>>;
}

const SHORTEST_RETENTION_SECONDS = 3600;

const RULES: readonly Rule[] = [
  {
    code: 'log_off',
    weight: 'stops',
    variable: 'log_bin',
    wanted: 'ON',
    meaning: 'the server keeps no binary log, so nobody can tell what other programs change.',
    fix: {
      own: 'Write log_bin = binlog and server_id = 1 under [mysqld] in its configuration, and restart it.',
      rds: 'Turn on automated backups (a retention of one day or more): the log comes with them.',
      aurora: 'Set binlog_format = ROW in the DB cluster parameter group, and reboot the writer.',
    },
  },
  {
    code: 'log_server_id',
    weight: 'stops',
    variable: 'server_id',
    isGood: (value) => value !== '0',
    wanted: '1',
    meaning: 'a server without an id lets nobody read its log.',
  },
  {
    code: 'log_format',
    weight: 'gaps',
    variable: 'binlog_format',
    perSession: true,
    wanted: 'ROW',
    meaning:
      'the log holds statements instead of the rows they changed. Screens must often read everything anew, and with STATEMENT the panel cannot write at all.',
  },
  {
    code: 'log_row_image',
    weight: 'gaps',
    variable: 'binlog_row_image',
    perSession: true,
    wanted: 'FULL',
    meaning: 'the log leaves out columns, so screens must read changed tables anew.',
  },
  {
    code: 'log_partial_json',
    weight: 'gaps',
    variable: 'binlog_row_value_options',
    perSession: true,
    wanted: '',
    meaning: 'changes within JSON columns are told in part, so screens must read those tables anew.',
  },
  {
    code: 'log_commit_order',
    weight: 'gaps',
    variable: 'binlog_order_commits',
    wanted: 'ON',
    meaning: 'commits may become visible in another order than the log tells, so figures may be off by one.',
  },
  {
    code: 'log_row_metadata',
    weight: 'advice',
    variable: 'binlog_row_metadata',
    wanted: 'FULL',
    meaning:
      "the log names no columns, so the panel takes them by their place, and may err around a table's change.",
  },
  {
    code: 'log_retention',
    weight: 'advice',
    variable: 'binlog_expire_logs_seconds',
    notOnAmazon: true,
    isGood: (value) => Number(value) === 0 || Number(value) >= SHORTEST_RETENTION_SECONDS,
    wanted: '86400',
    meaning:
      'the log is thrown away so soon that a panel which was down for a while must read everything anew.',
  },
];

/** The variables that {@link checkLogSettings} looks at. */
export const LOG_VARIABLES: readonly string[] = RULES.map(({ variable }) => variable);

/** Judges the settings of the binary log; of a log that is off, nothing else is told. */
export function checkLogSettings(kind: ServerKind, variables: ServerVariables): LogReport {
  const isOff = variables.log_bin === 'OFF';
  const broken = RULES.filter(({ variable, wanted, isGood, notOnAmazon }) => {
    const value = variables[variable];
    if (value === undefined || (isOff && variable !== 'log_bin')) return false;
    if (notOnAmazon && kind.host !== 'own') return false;
    return isGood ? !isGood(value) : value !== wanted;
  });
  const problems = (weight: keyof LogReport) =>
    broken.filter((rule) => rule.weight === weight).map((rule) => toProblem(rule, kind, variables));
  return { stops: problems('stops'), gaps: problems('gaps'), advice: problems('advice') };
}

/** One line for the start of the program where the log cannot be read; else null. */
export function describeUnreadableLog({ stops: [first] }: LogReport): string | null {
  if (!first) return null;
  return `live screens show the panel's own changes only: ${first.where}: ${first.message} \`npm run doctor\` tells the cure.`;
}

function toProblem(rule: Rule, kind: ServerKind, variables: ServerVariables): Problem {
  const { code, variable, meaning, fix } = rule;
  const message = `is ${variables[variable]}: ${meaning}`;
  return { code, where: variable, message, fix: fix?.[kind.host] ?? describeSetting(kind, rule) };
}

/** How to set a global variable on such a server, as a sentence. */
export function describeSetting(
  { flavour, host }: ServerKind,
  { variable, wanted, perSession }: Pick<Rule, 'variable' | 'wanted' | 'perSession'>,
): string {
  const setting = `${variable} = ${/^\d+$/.test(wanted) ? wanted : `'${wanted}'`}`;
  if (host === 'aurora') return `Set ${setting} in the DB cluster parameter group, and reboot the writer.`;
  const then = perSession
    ? '; then restart the programs that write: a connection keeps what it began with'
    : '';
  if (host === 'rds') return `Set ${setting} in the DB parameter group${then}.`;
  if (flavour === 'mysql') return `SET PERSIST ${setting}${then}.`;
  return `SET GLOBAL ${setting}, and write it under [mysqld] in its configuration${then}.`;
}

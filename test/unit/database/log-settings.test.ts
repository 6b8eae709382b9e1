import { describe, expect, test } from 'vitest';
import { checkLogSettings } from '../../../src/database/log-settings.ts';
import type { ServerKind } from '../../../src/database/server-kind.ts';

const GOOD = {
  log_bin: 'ON',
  server_id: '1',
  binlog_format: 'ROW',
  binlog_row_image: 'FULL',
  binlog_row_metadata: 'FULL',
  binlog_row_value_options: '',
  binlog_order_commits: 'ON',
  binlog_expire_logs_seconds: '86400',
};

const server = (flavour: ServerKind['flavour'], host: ServerKind['host'] = 'own'): ServerKind => ({
  flavour,
  host,
  version: '',
});

function judge(changed: Partial<typeof GOOD>, kind = server('mysql')) {
  const { stops, gaps, advice } = checkLogSettings(kind, { ...GOOD, ...changed });
  const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);
  return { stops: codes(stops), gaps: codes(gaps), advice: codes(advice) };
}

const NOTHING = { stops: [], gaps: [], advice: [] };

test('a log that tells everything is well, as is one that is never thrown away', () => {
  expect(judge({})).toEqual(NOTHING);
  expect(judge({ binlog_expire_logs_seconds: '0' })).toEqual(NOTHING);
});

test('variables that a server does not know are passed over', () => {
  const { log_bin, server_id, binlog_format, binlog_row_image } = GOOD;
  const variables = { log_bin, server_id, binlog_format, binlog_row_image };
  expect(checkLogSettings(server('mariadb'), variables)).toEqual(NOTHING);
});

test.each([
  [{ server_id: '0' }, 'stops', 'log_server_id'],
  [{ binlog_format: 'STATEMENT' }, 'gaps', 'log_format'],
  [{ binlog_format: 'MIXED' }, 'gaps', 'log_format'],
  [{ binlog_row_image: 'MINIMAL' }, 'gaps', 'log_row_image'],
  [{ binlog_row_image: 'NOBLOB' }, 'gaps', 'log_row_image'],
  [{ binlog_row_value_options: 'PARTIAL_JSON' }, 'gaps', 'log_partial_json'],
  [{ binlog_order_commits: 'OFF' }, 'gaps', 'log_commit_order'],
  [{ binlog_row_metadata: 'MINIMAL' }, 'advice', 'log_row_metadata'],
  [{ binlog_expire_logs_seconds: '60' }, 'advice', 'log_retention'],
] as const)('%j: %s, %s', (changed, weight, code) => {
  expect(judge(changed)).toEqual({ ...NOTHING, [weight]: [code] });
});

test('of a log that is off, only that is told', () => {
  expect(judge({ log_bin: 'OFF', binlog_format: 'STATEMENT' })).toEqual({ ...NOTHING, stops: ['log_off'] });
});

describe('the cure is the one of this server', () => {
  const cure = (kind: ServerKind, changed: Partial<typeof GOOD>) =>
    Object.values(checkLogSettings(kind, { ...GOOD, ...changed })).flat()[0]?.fix;

  test.each([
    [server('mysql'), /^SET PERSIST binlog_format = 'ROW'; then restart the programs/],
    [server('mariadb'), /^SET GLOBAL binlog_format = 'ROW', and write it under \[mysqld\]/],
    [server('mariadb', 'rds'), /^Set binlog_format = 'ROW' in the DB parameter group/],
    [server('mysql', 'aurora'), /^Set binlog_format = 'ROW' in the DB cluster parameter group, and reboot/],
  ])('$flavour $host, format', (kind, fix) => {
    expect(cure(kind, { binlog_format: 'MIXED' })).toMatch(fix);
  });

  test.each([
    [server('mysql'), /log_bin = binlog/],
    [server('mysql', 'rds'), /automated backups/],
    [server('mysql', 'aurora'), /DB cluster parameter group/],
  ])('$flavour $host, log off', (kind, fix) => {
    expect(cure(kind, { log_bin: 'OFF' })).toMatch(fix);
  });
});

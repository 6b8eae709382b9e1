import { beforeEach, expect, test } from 'vitest';
import type { LogEvent } from '../../../src/changes/log-event.ts';
import { RowCollector } from '../../../src/changes/row-collector.ts';
import type { Transaction } from '../../../src/changes/transaction.ts';
import { TransactionAssembler } from '../../../src/changes/transaction-assembler.ts';
import { buildTable } from '../resources/build-table.ts';

const AT_MS = Date.UTC(2026, 10, 22);
const films = buildTable('films', []);

let told: Transaction[];
let assembler: TransactionAssembler;
let offset: number;

beforeEach(() => {
  told = [];
  offset = 0;
  assembler = new TransactionAssembler({
    schema: 'store',
    rows: new RowCollector('store', false, [films]),
    limits: { changes: 3, bytes: 1_000 },
    emit: (transaction) => told.push(transaction),
    onSchemaChange: () => undefined,
  });
});

function take(name: string, fields: object = {}): void {
  offset += 10;
  const event = { getEventName: () => name, timestamp: AT_MS, nextPosition: offset, size: 10, ...fields };
  assembler.take(event as LogEvent, { file: 'binlog.000003', offset });
}

const insert = (...ids: number[]) =>
  take('writerows', {
    tableId: 1,
    tableMap: { 1: { parentSchema: 'store', tableName: 'films', columns: [{ name: 'id' }] } },
    numberOfColumns: 1,
    columns_present_bitmap: Buffer.from([0xff]),
    rows: ids.map((id) => ({ id })),
  });
const query = (sql: string, schema = 'store') => take('query', { query: sql, schema });
const summary = () =>
  told.map(({ changes, dirty }) => [
    changes.map(({ id }) => id).join(),
    dirty.map(({ reason }) => reason).join(),
  ]);

test('rows are told at their commit, with its place and time', () => {
  take('gtid');
  query('BEGIN');
  insert(1, 2);
  expect([told, assembler.isBetweenTransactions]).toEqual([[], false]);
  take('xid');
  expect(summary()).toEqual([['1,2', '']]);
  expect(told[0]).toMatchObject({
    cursor: `0000000003-0000000000040-${(AT_MS / 1000).toString(36)}`,
    at: '2026-11-22T00:00:00.000Z',
    actor: null,
  });
  expect(assembler.isBetweenTransactions).toBe(true);
});

test('a transaction that breaks off is forgotten when the next begins', () => {
  take('gtid');
  query('BEGIN');
  insert(1);
  take('gtid');
  query('BEGIN');
  insert(2);
  take('xid');
  expect(summary()).toEqual([['2', '']]);
});

test('a distributed transaction is told at its commit, whatever comes between', () => {
  take('mariadbgtid', { standalone: false });
  insert(1);
  take('xaprepare', {
    onePhase: false,
    xidFormatId: 1,
    xidGtrid: Buffer.from('x1'),
    xidBqual: Buffer.from(''),
  });
  take('mariadbgtid', { standalone: false });
  insert(2);
  take('xid');
  take('mariadbgtid', { standalone: true });
  query("XA COMMIT X'7831',X'',1");
  expect(summary()).toEqual([
    ['2', ''],
    ['1', ''],
  ]);
});

test('the commit of one that was prepared before makes every table dirty', () => {
  take('gtid');
  query("XA COMMIT X'7831',X'',1");
  expect(summary()).toEqual([['', 'unknown_xa']]);
});

test('more rows than are kept make their table dirty, and the next transaction is whole again', () => {
  take('gtid');
  query('BEGIN');
  insert(1, 2, 3);
  insert(4);
  insert(5);
  take('xid');
  take('gtid');
  query('BEGIN');
  insert(6);
  take('xid');
  expect(summary()).toEqual([
    ['', 'too_large'],
    ['6', ''],
  ]);
});

test('a lost log makes every table dirty', () => {
  insert(1);
  assembler.loseEverything('log_lost', { file: 'binlog.000004', offset: 4 }, AT_MS);
  expect(summary()).toEqual([['', 'log_lost']]);
});

test('statements of other schemas are passed over, unless they name this one', () => {
  for (const [sql, schema] of [
    ['TRUNCATE films', 'other'],
    ['TRUNCATE store.films', 'other'],
  ] as const) {
    take('gtid');
    query(sql, schema);
  }
  expect(summary()).toEqual([['', 'truncated']]);
});

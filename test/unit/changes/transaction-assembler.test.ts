import { beforeEach, expect, test } from 'vitest';
import type { LogEvent, LogEventBody } from '../../../src/changes/log/decode-event.ts';
import type { LogPosition } from '../../../src/changes/log-position.ts';
import type { PendingTransaction } from '../../../src/changes/pending-transaction.ts';
import { RowCollector } from '../../../src/changes/row-collector.ts';
import { StatementReach } from '../../../src/changes/statement-reach.ts';
import { TransactionAssembler } from '../../../src/changes/transaction-assembler.ts';
import { buildTable } from '../resources/build-table.ts';

const AT_MS = Date.UTC(2026, 10, 22);
const films = buildTable('films', []);
const INT = 3;

interface Told {
  readonly transaction: PendingTransaction;
  readonly position: LogPosition;
  readonly atMs: number;
}

let told: Told[];
let assembler: TransactionAssembler;
let offset: number;

beforeEach(() => {
  told = [];
  offset = 0;
  const parts = { triggers: [], views: [], routines: [], seesTriggers: true };
  const reach = new StatementReach('store', [films], parts);
  assembler = new TransactionAssembler({
    rows: new RowCollector('store', false, [films]),
    limits: { changes: 3, bytes: 1_000 },
    reach: () => reach,
    emit: (transaction, position, atMs) => told.push({ transaction, position, atMs }),
    onDefinition: () => undefined,
  });
});

function take(body: LogEventBody): void {
  offset += 10;
  const event: LogEvent = {
    ...body,
    timestampMs: AT_MS,
    nextPosition: offset,
    isArtificial: false,
    size: 10,
  };
  assembler.take(event, { file: 'binlog.000003', offset });
}

/** The table map of a table with one INT column `id`. */
function mapOf(schema: string, table: string): Buffer {
  const text = (value: string) => [Buffer.from([value.length]), Buffer.from(`${value}\0`)];
  // One column, its type, no metadata, which may be NULL, then the optional field of names.
  return Buffer.concat([
    ...text(schema),
    ...text(table),
    Buffer.from([1, INT, 0, 0, 4, 3, 2]),
    Buffer.from('id'),
  ]);
}

const begin = (standalone: boolean | null = null) => take({ kind: 'begin', standalone });
const commit = () => take({ kind: 'commit' });
const insert = (...ids: number[]) => {
  take({ kind: 'table_map', tableId: 1, map: mapOf('store', 'films') });
  const images = ids.map((id) => Buffer.from([0, id, 0, 0, 0]));
  const present = Buffer.from([0xff]);
  const rows = { tableId: 1, columnCount: 1, present, presentAfter: present, isCompressed: false };
  take({ kind: 'rows', change: 'insert', images: Buffer.concat(images), ...rows });
};
const query = (sql: string, schema = 'store') =>
  take({ kind: 'statement', sql, schema, isLoad: false, ansiQuotes: false, backslashEscapes: true });
const summary = () =>
  told.map(({ transaction: { changes, dirty } }) => [
    changes.map(({ id }) => id).join(),
    dirty.map(({ reason }) => reason).join(),
  ]);

test('rows are told at their commit, with its place and time', () => {
  begin();
  query('BEGIN');
  insert(1, 2);
  expect([told, assembler.isBetweenTransactions]).toEqual([[], false]);
  commit();
  expect(summary()).toEqual([['1,2', '']]);
  expect(told[0]).toMatchObject({ position: { file: 'binlog.000003', offset: 50 }, atMs: AT_MS });
  expect(told[0]?.transaction.actor).toBeNull();
  expect(assembler.isBetweenTransactions).toBe(true);
});

test('a transaction that breaks off is forgotten when the next begins', () => {
  begin();
  query('BEGIN');
  insert(1);
  begin();
  query('BEGIN');
  insert(2);
  commit();
  expect(summary()).toEqual([['2', '']]);
});

test('a distributed transaction is told at its commit, whatever comes between', () => {
  begin(false);
  insert(1);
  take({ kind: 'xa_prepare', onePhase: false, xid: '7831,,1' });
  begin(false);
  insert(2);
  commit();
  begin(true);
  query("XA COMMIT X'7831',X'',1");
  expect(summary()).toEqual([
    ['2', ''],
    ['1', ''],
  ]);
});

test('the commit of one that was prepared before makes every table dirty', () => {
  begin();
  query("XA COMMIT X'7831',X'',1");
  expect(summary()).toEqual([['', 'unknown_xa']]);
});

test('more rows than are kept make their table dirty, and the next transaction is whole again', () => {
  begin();
  query('BEGIN');
  insert(1, 2, 3);
  insert(4);
  insert(5);
  commit();
  begin();
  query('BEGIN');
  insert(6);
  commit();
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
    begin();
    query(sql, schema);
  }
  expect(summary()).toEqual([['', 'truncated']]);
});

test('an event of an unknown kind, or by which the server says that its log is not whole, makes every table dirty', () => {
  take({ kind: 'lost', name: 'INCIDENT_EVENT' });
  begin();
  query('BEGIN');
  insert(1);
  take({ kind: 'lost', name: 'event type 99' });
  commit();
  expect(summary()).toEqual([
    ['', 'undecodable'],
    ['1', 'undecodable'],
  ]);
});

test('a compressed transaction is told as one that is not, or as a hole where it holds too much', () => {
  begin();
  take({ kind: 'payload', events: null });
  expect(summary()).toEqual([['', 'too_large']]);
});

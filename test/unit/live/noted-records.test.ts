import { expect, test } from 'vitest';
import type { Change } from '../../../src/changes/transaction.ts';
import { Audiences } from '../../../src/live/audiences.ts';
import { sightOf } from '../../support/tables.ts';

const sight = sightOf(['orders'], ['id', 'status']);
const topic = { table: 'orders', id: '42' };
const listen = () => {
  const audiences = new Audiences<string>();
  audiences.join('Zorblax', sight, new Map([['orders:42', topic]]));
  return audiences;
};
const activity = (recordId: string): Change => ({
  table: 'panel_activity',
  id: '1',
  kind: 'insert',
  before: null,
  after: { table_name: 'orders', record_id: recordId },
});
const order: Change = {
  table: 'orders',
  id: '42',
  kind: 'update',
  before: { id: 42, status: 'placed' },
  after: { id: 42, status: 'packed' },
};

test('who has a record open is told to read it again where something was recorded of it alone', () => {
  const noted = listen().findNoted([activity('42'), activity('42'), activity('43')]);
  expect(noted.map(([{ members }, message]) => [[...members], message])).toEqual([
    [['Zorblax'], { topic: 'orders:42', reason: 'activity' }],
  ]);
});

test('a row that changed tells enough', () => {
  expect(listen().findNoted([order, activity('42')])).toEqual([]);
});

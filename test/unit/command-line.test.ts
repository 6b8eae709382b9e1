import { expect, test } from 'vitest';
import { decodeCommandLine } from '../../src/command-line.ts';
import type { ProblemsError } from '../../src/errors.ts';

test.each([
  [[], { name: 'start' }],
  [['build'], { name: 'build' }],
  [['doctor'], { name: 'doctor' }],
  [['demo'], { name: 'demo', ordersPerMinute: 30, mayWriteTo: null }],
  [
    ['demo', '--rate', '600', '--yes-write-to', 'shop'],
    { name: 'demo', ordersPerMinute: 600, mayWriteTo: 'shop' },
  ],
  [['stock:reconcile'], { name: 'stock:reconcile' }],
  [['migrate'], { name: 'migrate', panelOnly: false, settle: null }],
  [['migrate', '--panel'], { name: 'migrate', panelOnly: true, settle: null }],
  [
    ['migrate', '--redo', 'store/0001_a.sql'],
    { name: 'migrate', panelOnly: false, settle: { migration: 'store/0001_a.sql', as: 'redo' } },
  ],
  [
    ['migrate', '--done=store/0001_a.sql'],
    { name: 'migrate', panelOnly: false, settle: { migration: 'store/0001_a.sql', as: 'done' } },
  ],
  [['seed'], { name: 'seed', accountsOnly: false, orders: null }],
  [['seed', '--accounts'], { name: 'seed', accountsOnly: true, orders: null }],
  [['seed', '--orders', '1000000'], { name: 'seed', accountsOnly: false, orders: 1_000_000 }],
])('%j is decoded', (args, command) => {
  expect(decodeCommandLine(args)).toEqual(command);
});

test.each([
  [['sead'], 'sead'],
  [['start', '--port', '1'], '--port'],
  [['migrate', '--panel', '--redo', 'x'], '--panel'],
  [['seed', '--orders', '1e6'], '1e6'],
  [['seed', '--orders', '-5'], '--orders'],
  [['seed', '--orders', '5', '--accounts'], '--accounts'],
  [['demo', '--rate', '0'], '--rate'],
  [['demo', '--rate', '601'], '601'],
  [['demo', '--rate', '1.5'], '1.5'],
  [['seed', 'more'], 'more'],
])('%j is refused with the usage', (args, named) => {
  const refused = expect.objectContaining({
    code: 'bad_command',
    fix: expect.stringContaining('npm run migrate -- --panel'),
  });
  try {
    decodeCommandLine(args);
    expect.unreachable();
  } catch (error) {
    expect((error as ProblemsError).problems).toEqual([refused]);
    expect((error as ProblemsError).message).toContain(named);
  }
});

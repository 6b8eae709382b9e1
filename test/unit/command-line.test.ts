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
  [['account', 'list'], { name: 'account', task: { kind: 'list' } }],
  [
    ['account', 'add', 'zib@x.example', '--role', 'admin'],
    { name: 'account', task: { kind: 'add', email: 'zib@x.example', role: 'admin', name: null } },
  ],
  [
    ['account', 'add', '--role=employee', '--name', 'Zib Quorl', 'zib@x.example'],
    { name: 'account', task: { kind: 'add', email: 'zib@x.example', role: 'employee', name: 'Zib Quorl' } },
  ],
  [
    ['account', 'role', 'zib@x.example', '--role', 'supervisor'],
    { name: 'account', task: { kind: 'role', email: 'zib@x.example', role: 'supervisor' } },
  ],
  ...(['password', 'disable', 'enable'] as const).map((kind) => [
    ['account', kind, 'zib@x.example'],
    { name: 'account', task: { kind, email: 'zib@x.example' } },
  ]),
] as [string[], object][])('%j is decoded', (args, command) => {
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
  [['account'], 'Use one of: add, password'],
  [['account', 'ad'], "Did you mean 'add'?"],
  [['account', 'disabel', 'zib@x.example'], "Did you mean 'disable'?"],
  [['account', 'add', 'zib@x.example'], 'takes --role, one of employee'],
  [['account', 'add', '--role', 'admin'], 'takes one e-mail address'],
  [['account', 'add', 'a@x', 'b@x', '--role', 'admin'], 'takes one e-mail address'],
  [['account', 'password'], 'takes one e-mail address'],
  [['account', 'password', 'a@x', '--role', 'admin'], 'takes no --role'],
  [['account', 'role', 'a@x', '--role', 'admin', '--name', 'Zib'], 'takes no --name'],
  [['account', 'enable', 'a@x', '--rol', 'admin'], '--rol'],
  [['account', 'list', 'a@x'], 'takes no e-mail address'],
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

test.each([
  [['account', 'add', 'a@x', '--role', 'supervizor'], "Did you mean 'supervisor'?"],
  [['account', 'role', 'a@x', '--role', 'Admin'], "Did you mean 'admin'?"],
  [['account', 'role', 'a@x', '--role', 'the boss'], 'Use one of: employee, supervisor, admin.'],
])('%j is told the nearest role', (args, fix) => {
  expect(() => decodeCommandLine(args)).toThrow(
    expect.objectContaining({
      problems: [{ code: 'unknown_role', where: '--role', message: `'${args.at(-1)}' is no role.`, fix }],
    }),
  );
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTerminal, describeAccounts, describePasswords, type Terminal } from '../../src/terminal.ts';

let lines: string[];
let terminal: Terminal;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  const keep = (line: unknown) => void lines.push(String(line).replace(/^ *\d+\.\d s {2}/, ''));
  vi.spyOn(console, 'error').mockImplementation(keep);
  vi.spyOn(console, 'log').mockImplementation(keep);
  terminal = createTerminal();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('a step that lasts is told again and again, until the next line', () => {
  terminal.tellStep('start the server');
  vi.advanceTimersByTime(11_000);
  terminal.tellStep('draw the screens');
  vi.advanceTimersByTime(6_000);
  terminal.tellResult('ready');
  vi.advanceTimersByTime(60_000);
  expect(lines).toEqual([
    'start the server',
    'still: start the server',
    'still: start the server',
    'draw the screens',
    'still: draw the screens',
    'ready',
  ]);
});

test.each<[string, () => void]>([
  ['a notice', () => terminal.tellNotice('the log cannot be read')],
  ['a fault', () => terminal.tellError(new Error('gone'))],
])('%s ends a step, and is told once', (_name, tell) => {
  terminal.tellStep('look at the database');
  tell();
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(2);
});

const email = 'employee@gorak.example';

test('accounts made just now are never said to be as before', () => {
  expect(describeAccounts([{ email, generatedPassword: null }])).toContain('password: that of SEED_PASSWORD');
  expect(describeAccounts([{ email, generatedPassword: 'secret' }])).toContain('passwords: above');
  expect(describeAccounts([])).toContain('as set before');
});

test('a password that was given is not printed', () => {
  const accounts = [
    { email, generatedPassword: null },
    { email: 'admin@gorak.example', generatedPassword: 'secret' },
  ];
  expect(describePasswords(accounts)).toEqual(['account admin@gorak.example, password: secret']);
});

import { expect, test } from 'vitest';
import { createCustomers, createEmployees } from '../../../src/seed/people.ts';
import { createRandom } from '../../../src/seed/random.ts';

const now = Date.UTC(2026, 10, 22);

test('every customer has an email address of their own on a domain that cannot exist', () => {
  const customers = createCustomers(createRandom(1), 2_000, now);
  const emails = customers.map(({ email }) => email);
  expect(new Set(emails).size).toBe(2_000);
  for (const email of emails) expect(email).toMatch(/^[a-z0-9]+(\.[a-z0-9]+)*@[a-z.]+\.example$/);
});

test('customers come from many planets, and joined before now', () => {
  const customers = createCustomers(createRandom(2), 500, now);
  expect(customers.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  expect(new Set(customers.map(({ planet }) => planet)).size).toBeGreaterThanOrEqual(20);
  for (const { name, species, planet, address, since } of customers) {
    expect(name).toMatch(/\S \S/);
    expect(species).not.toBe('');
    expect(address.endsWith(planet)).toBe(true);
    expect(since).toBeLessThan(now);
  }
});

test('the staff holds the three demo accounts and others, all hired before now', () => {
  const employees = createEmployees(now);
  expect(employees).toHaveLength(12);
  const emails = employees.map(({ email }) => email);
  expect(emails).toContain('employee@gorak.example');
  expect(emails).toContain('supervisor@gorak.example');
  expect(emails).toContain('admin@gorak.example');
  expect(new Set(emails).size).toBe(12);
  expect(employees.find(({ email }) => email === 'employee@gorak.example')?.position).toBe(
    'Fulfilment agent',
  );
  for (const { since, until } of employees) expect(since).toBeLessThan(Math.min(until, now));
});

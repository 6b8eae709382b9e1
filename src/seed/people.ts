import { loadTable } from './load-table.ts';
import { DAY_MS } from './order-times.ts';
import type { Random } from './random.ts';
import type { ShopCustomer, ShopEmployee } from './shop.ts';

export interface Customer extends ShopCustomer {
  readonly name: string;
  readonly email: string;
  readonly species: string;
  readonly planet: string;
  readonly address: string;
}

const PLANET_COLUMNS = ['planet', 'species', 'domain', 'starts', 'ends', 'families', 'streets'] as const;
const EMPLOYEE_COLUMNS = ['name', 'email', 'position', 'daysHired', 'daysGone'] as const;

/** Makes up customers from all over the galaxy, with ids from 1, each with an email address of their own. */
export function createCustomers(random: Random, count: number, now: number): Customer[] {
  const planets = loadTable('planets', PLANET_COLUMNS).map(
    ({ starts, ends, families, streets, ...rest }) => ({
      ...rest,
      starts: starts.split(','),
      ends: ends.split(','),
      families: families.split(','),
      streets: streets.split(','),
    }),
  );
  const taken = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const { planet, species, domain, starts, ends, families, streets } = random.pick(planets);
    const name = `${random.pick(starts)}${random.pick(ends)} ${random.pick(families)}`;
    const mailbox = `${toMailbox(name)}@${domain}.example`;
    const namesakes = taken.get(mailbox) ?? 0;
    taken.set(mailbox, namesakes + 1);
    return {
      id: index + 1,
      name,
      email: namesakes === 0 ? mailbox : mailbox.replace('@', `.${namesakes + 1}@`),
      species,
      planet,
      address: `${random.pick(DWELLINGS)} ${random.integer(1, 420)}, ${random.pick(streets)}, ${planet}`,
      since: now - Math.floor((0.2 + random.fraction() * 1_500) * DAY_MS),
    };
  });
}

const DWELLINGS = [
  'Pod',
  'Burrow',
  'Dome',
  'Nest',
  'Capsule',
  'Hive cell',
  'Bubble',
  'Tower',
  'Shell',
  'Unit',
];

function toMailbox(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.|\.$/g, '');
}

/** An employee as the employees table has him. */
export interface NewEmployee extends ShopEmployee {
  readonly email: string;
}

/** The staff; ids are given in the order of the list, from 1. */
export function createEmployees(now: number): NewEmployee[] {
  return loadTable('employees', EMPLOYEE_COLUMNS).map((row, index) => ({
    id: index + 1,
    name: row.name,
    role: 'employee',
    email: row.email,
    position: row.position,
    since: now - Number(row.daysHired) * DAY_MS,
    until: row.daysGone === '' ? Number.POSITIVE_INFINITY : now - Number(row.daysGone) * DAY_MS,
  }));
}

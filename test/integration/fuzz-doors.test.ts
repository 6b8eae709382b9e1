import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findServerKind } from '../../src/database/server-kind.ts';
import { fuzzDoors } from '../fuzz/doors/fuzz-doors.ts';
import { printFinding } from '../fuzz/doors/print.ts';
import { type Act, FuzzSite } from '../fuzz/doors/site.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const SEED = 20261101;
const LIMIT_MS = 240_000;

let database: TestDatabase;
let site: FuzzSite;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  // Each way in is tried on one of the servers, as both would take twice as long on each.
  const isBehindProxy = (await findServerKind(database.pool)).flavour === 'mysql';
  site = await FuzzSite.open(database.url, { isPlanted: true, isBehindProxy });
  await site.renew();
}, LIMIT_MS);
afterAll(async () => {
  await site?.close();
  await database?.drop();
}, LIMIT_MS);

const form = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
const FOUND: readonly Act[] = [
  {
    as: 'admin',
    method: 'POST',
    path: '/admin/api/resources/orders/bulk/packMany?recordIds=1&recordIds=1',
    headers: form,
    body: 'input=%7B%7D&mode=run',
  },
  {
    as: 'admin',
    method: 'GET',
    path: '/admin/resources/orders/bulk/packMany',
    headers: { accept: 'text/html' },
    body: '',
  },
  {
    as: 'employee',
    method: 'POST',
    path: '/admin/api/resources/shipments/actions/list',
    headers: form,
    body: 'constructor=&toString=true&hasOwnProperty=',
  },
  {
    as: 'employee',
    method: 'POST',
    path: '/admin/api/RESOURCES/vaults/records/1/edit',
    headers: form,
    body: '__was%20=%7B%7D&valueOf=',
  },
  {
    as: 'anonymous',
    method: 'GET',
    path: `/admin/resources/orders/actions/new?query=${'packed%2C'.repeat(1550)}`,
    headers: { accept: '*/*' },
    body: '',
  },
  {
    as: 'admin',
    method: 'POST',
    path: '/admin/api/resources/specimens/actions/new',
    headers: form,
    body: 'name=Blob&traits=__proto__.x',
  },
  {
    as: 'employee',
    method: 'GET',
    path: '/admin/api/resources/specimens/actions/list?filters.traits.to=%7B%22ACID%22%3A%20TRUE%7D',
    headers: { accept: 'application/json' },
    body: '',
  },
  {
    as: 'employee',
    method: 'GET',
    path: '/admin/resources/orders%00/records/10/ship',
    headers: { accept: 'application/json' },
    body: '',
  },
];

test('what the fuzzer found does no harm any more', async () => {
  for (const act of FOUND) expect(await site.try([act])).toEqual([]);
});

describe('the fuzzer finds a defect that was put back', () => {
  test.each([
    ['fault', /^(?:fault|logged fault)$/],
    ['stall', /^(?:stall|slow)$/],
    ['leak', /^leak$/],
    ['sql', /^inside told$/],
    ['rejection', /^logged fault$/],
    ['death', /^(?:death|no answer|logged fault)$/],
  ])(
    '%s',
    async (name, kind) => {
      const isWanted = (door: string) => door === `GET /planted/${name}`;
      const { findings } = await fuzzDoors(site, { seed: SEED, batches: 200, isWanted });
      expect(findings.map((finding) => finding.kind)).toEqual([expect.stringMatching(kind)]);
    },
    LIMIT_MS,
  );
});

test(
  `no input at any door breaks it, stalls others or is told what it may not see (seed ${SEED})`,
  async () => {
    const isWanted = (door: string) => !door.includes('/planted/');
    const { findings, doors } = await fuzzDoors(site, { seed: SEED, batches: 1, isWanted });
    expect(findings.map(printFinding)).toEqual([]);
    expect(doors).toBeGreaterThan(400);
    const untried = (await site.findUntried()).filter((name) => !name.includes('/planted/'));
    expect(untried).toEqual([]);
  },
  LIMIT_MS,
);

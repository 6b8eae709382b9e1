import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderDocuments, shipmentDocuments } from '../../resources/order-book/documents.ts';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { deliverOrder } from '../../src/orders/deliver-order.ts';
import { holdOrder } from '../../src/orders/hold-order.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { returnLines } from '../../src/orders/return-lines.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import type { PrintDocument } from '../../src/resources/define-action.ts';
import type { PanelContext } from '../../src/resources/panel-context.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';
import { createTestReader } from '../support/reader.ts';

let store: TestStore;
let context: PanelContext;
let films: number[];

beforeAll(async () => {
  store = await createTestStore();
  const reader = (await createTestReader(store.pool))();
  context = { ...reader, actor: ZIX, run: (work, input) => work(store.pool, ZIX, input) };
  films = [];
  for (const title of ['Alien', 'Brazil', 'Casablanca', 'Dune', 'Eraserhead', 'Fargo'])
    films.push(await store.addFilm({ stock: 99, title }));
});
afterAll(() => store.drop());

interface Slip {
  readonly title: string;
  readonly head: string;
  /** By film: 'ordered/in this parcel'. */
  readonly films: Readonly<Record<string, string>>;
}

/** What a document prints, a sheet each. */
async function print(
  documents: readonly PrintDocument[],
  ids: readonly (number | undefined)[],
): Promise<Slip[]> {
  const slips = documents.find(({ name }) => name === 'packing_slip');
  const page = (await slips?.render(context, ids.map(String))) ?? '';
  return page
    .split('<section class="sheet">')
    .slice(1)
    .map((sheet) => {
      const head = /<header>(.*?)<\/header>/s.exec(sheet)?.[1] ?? '';
      const rows = [...sheet.matchAll(/<td class="box"><\/td><td>(.*?) <small>.*?<\/tr>/gs)];
      const counts = (row: string) =>
        [...row.matchAll(/<td class="number">(?:<strong>)?([^<]*)/g)].map(([, count]) => count).join('/');
      return {
        title: /<h1>(.*?)<\/h1>/.exec(head)?.[1] ?? '',
        head: head.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '),
        films: Object.fromEntries(rows.map(([row, title = '']) => [title, counts(row)])),
      };
    });
}

async function place(quantity: number, count = films.length): Promise<number> {
  const orderId = await store.order(...films.slice(0, count).map((movieId) => ({ movieId, quantity })));
  await claimOrder(store.pool, ZIX, { orderId, employeeId: store.employeeId });
  await packOrder(store.pool, ZIX, { orderId });
  return orderId;
}

async function ship(
  orderId: number,
  trackingNumber: string,
  lines?: { movieId: number; quantity: number }[],
) {
  const answer = await shipOrder(store.pool, ZIX, { orderId, carrier: 'GalEx', trackingNumber, lines });
  if (!answer.ok) throw new Error(answer.message);
  return answer.shipmentId;
}

const share = (from: number, to: number, quantity: number) =>
  films.slice(from, to).map((movieId) => ({ movieId, quantity }));

test('three of six films, then the rest: two slips, each with what was in that parcel', async () => {
  const orderId = await place(1);
  const first = await ship(orderId, 'GX-1', share(0, 3, 1));
  const open = await print(orderDocuments, [orderId]);
  expect(open.map(({ films: shipped }) => Object.keys(shipped))).toEqual([
    ['Alien', 'Brazil', 'Casablanca'],
    ['Dune', 'Eraserhead', 'Fargo'],
  ]);
  expect(open[0]?.head).toMatch(/parcel 1 .*GalEx · GX-1/);
  expect(open[1]?.head).toContain('Not shipped yet');
  const second = await ship(orderId, 'GX-2');
  const both = await print(orderDocuments, [orderId]);
  expect(both.map(({ head }) => /GX-\d/.exec(head)?.[0])).toEqual(['GX-1', 'GX-2']);
  expect(both[0]?.films).toEqual({ Alien: '1/1', Brazil: '1/1', Casablanca: '1/1' });
  expect(both[1]?.films).toEqual({ Dune: '1/1', Eraserhead: '1/1', Fargo: '1/1' });
  expect(await print(shipmentDocuments, [second, first])).toEqual([both[1], both[0]]);
});

test('parts of one line leave in three parcels, each with its own number of copies', async () => {
  const orderId = await place(6, 1);
  const shipments = [
    await ship(orderId, 'GX-3', share(0, 1, 3)),
    await ship(orderId, 'GX-4', share(0, 1, 1)),
    await ship(orderId, 'GX-5'),
  ];
  const slips = await print(shipmentDocuments, shipments);
  expect(slips.map(({ films: shipped }) => shipped.Alien)).toEqual(['6/3', '6/1', '6/2']);
});

test('a slip stays as its parcel left, whatever becomes of the order', async () => {
  const orderId = await place(2, 2);
  const shipmentId = await ship(orderId, 'GX-6', share(0, 1, 2));
  const [before] = await print(shipmentDocuments, [shipmentId]);
  await holdOrder(store.pool, ZIX, { orderId, reason: 'Address unclear' });
  const [shipped, open] = await print(orderDocuments, [orderId]);
  expect(shipped).toEqual(before);
  expect(open?.head).toContain('On hold: Address unclear');
  await cancelOrder(store.pool, ZIX, { orderId });
  await deliverOrder(store.pool, ZIX, { orderId });
  const lines = [{ movieId: films[0] as number, quantity: 1, disposition: 'restock' as const }];
  await returnLines(store.pool, ZIX, { orderId, reason: 'Scratched', lines });
  const [after, ...others] = await print(orderDocuments, [orderId]);
  expect(after).toEqual(before);
  expect(others).toEqual([]);
});

test('an order of which nothing has left prints what is to come; one that was cancelled prints nothing', async () => {
  const orderId = await place(1, 2);
  expect(await print(orderDocuments, [orderId])).toMatchObject([{ films: { Alien: '1/1', Brazil: '1/1' } }]);
  await cancelOrder(store.pool, ZIX, { orderId });
  expect(await print(orderDocuments, [orderId])).toEqual([]);
});

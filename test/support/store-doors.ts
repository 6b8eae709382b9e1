import type { MarkedStore } from './marked-store.ts';

/** Sends a request as somebody, and gives the text of the answer. */
export type Ask = (path: string, form?: Readonly<Record<string, string>>) => Promise<string>;

const TABLES = [
  'orders',
  'order_items',
  'shipments',
  'shipment_items',
  'customers',
  'employees',
  'movies',
  'stock_movements',
];
const TEXT = 'mrk';
const POST = {};

/** Asks at every door of the store behind which rows lie, and gives all the answers, each with its question. */
export async function askEverywhere(ask: Ask, store: MarkedStore): Promise<string[]> {
  const answers: string[] = [];
  for (const [path, form] of [...listDoors(), ...recordDoors(store), ...commandDoors(store)])
    answers.push(`${path}\n${await ask(path, form)}`);
  return answers;
}

type Question = readonly [path: string, form?: Readonly<Record<string, string>>];

function listDoors(): Question[] {
  return [
    ['/admin'],
    ['/admin/api/dashboard'],
    ['/admin/live/snapshots/supervisor'],
    ['/live-board/snapshots/supervisor'],
    ...TABLES.flatMap((table): Question[] => [
      [`/admin/resources/${table}`],
      [`/admin/api/resources/${table}/actions/list`],
      [`/admin/api/resources/${table}/actions/list?q=${TEXT}`],
      [`/admin/api/resources/${table}/actions/queues`],
      [`/admin/api/resources/${table}/actions/search?q=${TEXT}`],
    ]),
  ];
}

function recordDoors(store: MarkedStore): Question[] {
  const { shippedId, heldId, returnedId, customerId, employeeId, movieId, shipmentIds } = store;
  const records = [
    ...[shippedId, heldId, returnedId].map((id) => ['orders', id] as const),
    ...shipmentIds.map((id) => ['shipments', id] as const),
    ['order_items', `${shippedId}~${movieId}`] as const,
    ['customers', customerId] as const,
    ['employees', employeeId] as const,
    ['movies', movieId] as const,
  ];
  const orderIds = [shippedId, heldId, returnedId].join();
  return [
    ...records.flatMap(([table, id]): Question[] => [
      [`/admin/resources/${table}/records/${id}/show`],
      [`/admin/api/resources/${table}/records/${id}/show`],
      [`/admin/api/resources/${table}/records/${id}/edit`],
      [`/admin/api/resources/${table}/actions/rows?ids=${id}`],
    ]),
    [`/admin/documents/orders/packing_slip?ids=${orderIds}`],
    [`/admin/documents/orders/pick_list?ids=${orderIds}`],
    [`/admin/documents/shipments/packing_slip?ids=${shipmentIds.join()}`],
  ];
}

/** Steps that are refused, in words that would quote the rows. */
function commandDoors(store: MarkedStore): Question[] {
  const { shippedId, heldId, returnedId, customerId, employeeId, movieId, soldOutId } = store;
  const step = (id: number, name: string, input: object = POST): Question => [
    `/admin/api/resources/orders/records/${id}/${name}`,
    { input: JSON.stringify(input) },
  ];
  const lines = [{ movieId: soldOutId, quantity: 1 }];
  const ids = [shippedId, heldId, returnedId].join();
  return [
    step(heldId, 'pack'),
    step(heldId, 'assign', { employeeId }),
    step(shippedId, 'assign', { employeeId }),
    step(shippedId, 'changeLines', { lines: [{ movieId, quantity: 500 }] }),
    step(shippedId, 'ship', { carrier: 'x', trackingNumber: 'y', lines: [{ movieId, quantity: 500 }] }),
    step(returnedId, 'takeBack', { reason: 'x', lines: [{ movieId, quantity: 9, disposition: 'restock' }] }),
    [
      `/admin/api/resources/movies/records/${movieId}/writeOff`,
      { input: JSON.stringify({ quantity: 500, reason: 'x' }) },
    ],
    [
      `/admin/api/resources/movies/records/${movieId}/count`,
      { input: JSON.stringify({ counted: 0, reason: 'x' }) },
    ],
    [
      '/admin/api/resources/orders/actions/place',
      { input: JSON.stringify({ customerId, lines, idempotencyKey: crypto.randomUUID() }) },
    ],
    ...(['packMany', 'assignMany'] as const).map(
      (name): Question => [
        `/admin/api/resources/orders/bulk/${name}?recordIds=${ids}`,
        { input: JSON.stringify({ employeeId }), mode: 'preview' },
      ],
    ),
  ];
}

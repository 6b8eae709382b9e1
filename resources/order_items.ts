import { defineResource } from '../src/resources/define.ts';

export default defineResource({
  table: 'order_items',
  label: 'Order lines',
  singular: 'order line',
  about: 'To change a line, open its order: its steps change quantities, cancel, ship and take back.',
  navigation: { group: 'Fulfilment', position: 11 },
  icon: 'List',
  list: {
    columns: [
      'order_id',
      'movie_id',
      'quantity',
      'unit_price',
      'line_total',
      'held_quantity',
      'shipped_quantity',
    ],
    sort: { column: 'order_id', direction: 'desc' },
    filters: ['order_id', 'movie_id', 'quantity', 'unit_price', 'shipped_quantity', 'returned_quantity'],
  },
  show: [
    'order_id',
    'movie_id',
    'quantity',
    'unit_price',
    'line_total',
    'held_quantity',
    'shipped_quantity',
    'cancelled_quantity',
    'returned_quantity',
  ],
  // The order book alone writes lines.
  can: { list: true, show: true },
  columns: {
    order_id: { label: 'Order' },
    movie_id: { label: 'Movie' },
    unit_price: { format: 'money' },
    line_total: { format: 'money' },
    held_quantity: { label: 'Held' },
    shipped_quantity: { label: 'Shipped' },
    cancelled_quantity: { label: 'Cancelled' },
    returned_quantity: { label: 'Returned' },
  },
});

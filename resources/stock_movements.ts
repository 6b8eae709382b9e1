import { defineResource } from '../src/resources/define.ts';

export default defineResource({
  table: 'stock_movements',
  label: 'Stock movements',
  singular: 'stock movement',
  navigation: { group: 'Catalogue', position: 23 },
  icon: 'Repeat',
  title: false,
  list: {
    columns: ['created_at', 'movie_id', 'reason', 'stock_delta', 'reserved_delta', 'order_id', 'actor_name'],
    sort: { column: 'created_at', direction: 'desc' },
    filters: ['movie_id', 'reason', 'order_id', 'actor_name', 'stock_delta', 'reserved_delta', 'created_at'],
  },
  show: [
    'id',
    'created_at',
    'movie_id',
    'reason',
    'note',
    'stock_delta',
    'reserved_delta',
    'order_id',
    'actor_name',
  ],
  // A ledger: the order book and the stock steps add to it, nobody rewrites it.
  can: { list: true, show: true },
  columns: {
    created_at: { label: 'When' },
    movie_id: { label: 'Movie' },
    reason: {
      format: 'badge',
      labels: {
        reserved: 'Reserved',
        released: 'Released',
        shipped: 'Shipped',
        returned: 'Returned',
        written_off: 'Written off',
        received: 'Received',
        counted: 'Counted',
        line_deleted: 'Line deleted',
        outside: 'By another program',
      },
      tones: { written_off: 'danger', counted: 'warning', outside: 'warning', received: 'success' },
    },
    stock_delta: { label: 'On the shelf' },
    reserved_delta: { label: 'Reserved' },
    order_id: { label: 'Order' },
    actor_name: { label: 'By' },
  },
});

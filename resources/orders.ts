import { defineResource } from '../src/resources/define.ts';
import { bulkOrderActions } from './order-book/bulk-order-actions.ts';
import { orderDocuments } from './order-book/documents.ts';
import { orderActions } from './order-book/order-actions.ts';
import { orderPage, placeOrderPage } from './order-book/order-pages.ts';
import { orderQueues } from './order-book/order-queues.ts';

export default defineResource({
  table: 'orders',
  label: 'Orders',
  singular: 'order',
  navigation: { group: 'Fulfilment', position: 10 },
  icon: 'ShoppingCart',
  list: {
    columns: ['id', 'status', 'on_hold', 'customer_id', 'employee_id', 'total', 'placed_at'],
    sort: { column: 'placed_at', direction: 'desc' },
    filters: [
      'id',
      'status',
      'on_hold',
      'customer_id',
      'employee_id',
      'total',
      'returned_total',
      'placed_at',
    ],
  },
  show: [
    'id',
    'status',
    'on_hold',
    'hold_reason',
    'customer_id',
    'employee_id',
    'total',
    'returned_total',
    'placed_at',
  ],
  // Status, hold, employee and total belong to the order book: its steps set them, no form does.
  form: ['customer_id'],
  can: {
    list: true,
    show: true,
    // An order is placed through the order book, with lines that reserve their films.
    create: false,
    edit: ['supervisor', 'admin'],
    delete: ['admin'],
  },
  columns: {
    id: { label: 'Order' },
    customer_id: { label: 'Customer', help: 'Type a part of the name.' },
    employee_id: { label: 'Worked on by' },
    status: {
      format: 'badge',
      tones: {
        placed: 'info',
        assigned: 'info',
        packed: 'warning',
        partially_shipped: 'warning',
        shipped: 'success',
        delivered: 'success',
        cancelled: 'danger',
        returned: 'neutral',
      },
    },
    on_hold: {
      label: 'Hold',
      format: 'badge',
      labels: { true: 'On hold', false: 'Free' },
      tones: { true: 'danger', false: 'none' },
    },
    hold_reason: { label: 'Reason of the hold' },
    total: { format: 'money', help: 'The sum of the lines, kept by the database.' },
    returned_total: { label: 'Came back', format: 'money', help: 'What the films taken back cost.' },
  },
  constraints: {
    orders_customer: 'There is no such customer',
    orders_employee: 'There is no such employee',
    orders_total_not_negative: 'The total must not be below zero',
    orders_hold_has_reason: 'An order is put on hold for a reason: write it down',
  },
  recordActions: orderActions,
  bulkActions: bulkOrderActions,
  pages: [placeOrderPage],
  recordPage: orderPage,
  documents: orderDocuments,
  queues: orderQueues,
});

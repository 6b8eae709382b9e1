import { defineResource } from '../src/resources/define.ts';
import { shipmentDocuments } from './order-book/documents.ts';

export default defineResource({
  table: 'shipments',
  label: 'Shipments',
  singular: 'shipment',
  about: 'A shipment stays as it left. To ship more, mark it delivered or take films back, open its order.',
  navigation: { group: 'Fulfilment', position: 12 },
  icon: 'Truck',
  title: 'tracking_number',
  list: {
    columns: ['tracking_number', 'order_id', 'employee_id', 'carrier', 'shipped_at', 'delivered_at'],
    sort: { column: 'shipped_at', direction: 'desc' },
    filters: ['tracking_number', 'order_id', 'employee_id', 'carrier', 'shipped_at', 'delivered_at'],
  },
  show: ['id', 'order_id', 'employee_id', 'carrier', 'tracking_number', 'shipped_at', 'delivered_at'],
  // Shipping an order writes its shipment.
  can: { list: true, show: true },
  columns: {
    id: { label: 'Shipment' },
    order_id: { label: 'Order' },
    employee_id: { label: 'Worked on by', help: 'Who had the order when it was shipped.' },
    tracking_number: { label: 'Tracking number' },
  },
  documents: shipmentDocuments,
});

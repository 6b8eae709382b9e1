import { defineResource } from '../src/resources/define.ts';

export default defineResource({
  table: 'shipment_items',
  label: 'Parcel contents',
  singular: 'parcel content',
  about: 'A parcel stays as it left. To send or take back a film, open the order of its shipment.',
  navigation: { group: 'Fulfilment', position: 13 },
  icon: 'Package',
  list: {
    columns: ['shipment_id', 'movie_id', 'quantity'],
    sort: { column: 'shipment_id', direction: 'desc' },
    filters: ['shipment_id', 'movie_id', 'quantity'],
  },
  // Shipping an order writes what is in its parcel.
  can: { list: true, show: true },
});

import { ViewHelpers } from 'adminjs';

/** The tables that the order book's pages look into besides their own. */
export const FILM_TABLE = 'movies';
export const CUSTOMER_TABLE = 'customers';
export const ORDER_TABLE = 'orders';
export const SHIPMENT_TABLE = 'shipments';

/** The address of a row's page. */
export function showUrl(table: string, id: number): string {
  return new ViewHelpers().showUrl(table, String(id));
}

/** The papers of a parcel. */
export const SHIPMENT_DOCUMENTS = [{ name: 'packing_slip', label: 'Slip' }] as const;

/** The papers of an order: of all its parcels, and of what is still to be packed. */
export const ORDER_DOCUMENTS = [
  { name: 'packing_slip', label: 'Packing slips' },
  { name: 'pick_list', label: 'Pick list' },
] as const;

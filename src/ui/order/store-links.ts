import { ViewHelpers } from 'adminjs';

/** The tables that the order book's pages look into besides their own. */
export const FILM_TABLE = 'movies';
export const CUSTOMER_TABLE = 'customers';
export const ORDER_TABLE = 'orders';

/** The address of a row's page. */
export function showUrl(table: string, id: number): string {
  return new ViewHelpers().showUrl(table, String(id));
}

const DOCUMENTS = [
  { name: 'packing_slip', label: 'Packing slip' },
  { name: 'pick_list', label: 'Pick list' },
] as const;

/** The papers of orders, each with its address. */
export function documentLinks(orderIds: readonly string[]): { label: string; href: string }[] {
  const ids = orderIds.join(',');
  return DOCUMENTS.map(({ name, label }) => ({
    label,
    href: `/admin/documents/${ORDER_TABLE}/${name}?ids=${ids}`,
  }));
}

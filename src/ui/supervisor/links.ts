import { OPEN_STATUSES, ORDER_STATUSES } from '../../orders/order-statuses.ts';
import { siteUrl } from '../site-url.ts';

const TABLES = siteUrl('/admin/resources');

export function orderUrl(id: number): string {
  return `${TABLES}/orders/records/${id}/show`;
}

export function filmUrl(id: number): string {
  return `${TABLES}/movies/records/${id}/show`;
}

/** The store's staff. */
export const EMPLOYEES_URL = `${TABLES}/employees`;
/** The films that run low. */
export const LOW_STOCK_URL = listUrl('movies', { low_stock: 'true' });
export const MOVEMENTS_URL = `${TABLES}/stock_movements`;

/** The orders placed on a day of UTC, in any or one state. */
export function dayOrdersUrl(day: string, status?: string): string {
  return listUrl('orders', { ...(status ? { status } : {}), ...spanOfDay('placed_at', day) });
}

/** The orders of a day that count as sold. */
export function soldOrdersUrl(day: string): string {
  const status = ORDER_STATUSES.filter((each) => each !== 'cancelled').join();
  return listUrl('orders', { status, ...spanOfDay('placed_at', day) });
}

/** The shipments of a day of UTC; of one employee's orders alone where one is named. */
export function dayShipmentsUrl(day: string, employeeId?: number): string {
  const span = spanOfDay('shipped_at', day);
  return listUrl('shipments', employeeId === undefined ? span : { employee_id: String(employeeId), ...span });
}

/** The orders placed in an hour: '2026-11-22T17', in UTC. */
export function hourOrdersUrl(hour: string): string {
  return listUrl('orders', { 'placed_at.from': `${hour}:00:00.000Z`, 'placed_at.to': `${hour}:59:59.999Z` });
}

/** The open orders, with further filters of the list. */
export function openOrdersUrl(filters: Readonly<Record<string, string>> = {}): string {
  return listUrl('orders', { status: OPEN_STATUSES.join(), ...filters, sort: 'placed_at' });
}

/** The open orders placed from one time on and before another, ISO 8601 UTC. */
export function waitingOrdersUrl({ from, before }: { from: string | null; before: string | null }): string {
  const to = before && new Date(Date.parse(before) - 1).toISOString();
  return openOrdersUrl({
    ...(from ? { 'placed_at.from': from } : {}),
    ...(to ? { 'placed_at.to': to } : {}),
  });
}

function spanOfDay(column: string, day: string): Record<string, string> {
  return { [`${column}.from`]: `${day}T00:00:00.000Z`, [`${column}.to`]: `${day}T23:59:59.999Z` };
}

function listUrl(table: string, { sort, ...filters }: Readonly<Record<string, string>>): string {
  const params = Object.entries(filters).map(([path, value]) => `filters.${path}=${value}`);
  if (sort) params.push(`sortBy=${sort}`, 'direction=asc');
  return `${TABLES}/${table}?${params.join('&')}`;
}

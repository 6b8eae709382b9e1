import { ORDER_STATUSES, type OrderStatus } from '../../orders/order-statuses.ts';
import { formatInteger, formatMoney, humanizeValue } from '../format.ts';
import type { Tile, Tone } from './figure-tiles.tsx';
import type { SupervisorFigures } from './figures.ts';
import {
  dayOrdersUrl,
  dayShipmentsUrl,
  LOW_STOCK_URL,
  openOrdersUrl,
  soldOrdersUrl,
  waitingOrdersUrl,
} from './links.ts';

const STATUS_TONES: Readonly<Record<OrderStatus, Tone>> = {
  placed: 'info',
  assigned: 'info',
  packed: 'warning',
  partially_shipped: 'warning',
  shipped: 'success',
  delivered: 'success',
  cancelled: 'danger',
  returned: 'neutral',
};

/** What may not be read. */
const HIDDEN = '–';

/** What today brought: all orders, what they come to, and what left the store. */
export function toDayTiles({ day, today }: SupervisorFigures): Tile[] {
  return [
    { label: 'Orders', value: formatInteger(today.placed), href: dayOrdersUrl(day) },
    {
      label: 'Sold',
      value: today.soldCents === null ? HIDDEN : formatMoney((today.soldCents / 100).toFixed(2)),
      href: soldOrdersUrl(day),
    },
    { label: 'Shipments', value: formatInteger(today.shipped), href: dayShipmentsUrl(day) },
  ];
}

/** Where the orders of today stand. */
export function toStatusTiles({ day, today }: SupervisorFigures): Tile[] {
  return ORDER_STATUSES.map((status) => ({
    label: status === 'partially_shipped' ? 'Part shipped' : humanizeValue(status),
    value: formatInteger(today.byStatus[status]),
    href: dayOrdersUrl(day, status),
    tone: STATUS_TONES[status],
  }));
}

/** What is left to do, of whatever day. */
export function toWorkTiles({ open, ages, lowStock }: SupervisorFigures): Tile[] {
  const late = ages.at(-1) ?? { from: null, before: null, fromHours: 0 };
  return [
    {
      label: 'Unassigned',
      value: formatInteger(open.unassigned),
      href: openOrdersUrl({ status: 'placed', employee_id: '~empty' }),
      tone: 'info',
    },
    {
      label: 'To pack',
      value: formatInteger(open.toPack),
      href: openOrdersUrl({ status: 'assigned', on_hold: 'false' }),
      tone: 'info',
    },
    {
      label: 'To ship',
      value: formatInteger(open.toShip),
      href: openOrdersUrl({ status: 'packed,partially_shipped', on_hold: 'false' }),
      tone: 'info',
    },
    {
      label: 'On hold',
      value: formatInteger(open.onHold),
      href: openOrdersUrl({ on_hold: 'true' }),
      tone: 'warning',
    },
    {
      label: `Late, over ${late.fromHours} h`,
      value: formatInteger(open.late),
      href: waitingOrdersUrl(late),
      tone: 'danger',
    },
    {
      label: 'Low stock',
      value: lowStock === null ? HIDDEN : formatInteger(lowStock),
      href: LOW_STOCK_URL,
      tone: 'warning',
    },
  ];
}

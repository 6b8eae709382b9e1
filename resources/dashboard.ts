import {
  findFigures,
  findOrdersPerDay,
  findWaitingOrders,
  type WaitingOrder,
} from '../src/orders/find-figures.ts';
import { findLowStock } from '../src/orders/find-films.ts';
import { findSupervisorState } from '../src/orders/find-supervisor-state.ts';
import { findQueueCounts } from '../src/orders/order-queues.ts';
import type { DashboardRow } from '../src/resources/define-dashboard.ts';
import { defineDashboard } from '../src/resources/define-dashboard.ts';
import type { SeenRow } from '../src/resources/panel-context.ts';
import { SUPERVISOR_SNAPSHOT, type SupervisorState } from '../src/ui/supervisor/state.ts';
import { findOwnEmployeeId, LATE_AFTER_HOURS } from './order-book/order-queues.ts';

const ORDERS = '/admin/resources/orders';
const MOVIES = '/admin/resources/movies';
const OPEN = 'filters.status=placed,assigned,packed,partially_shipped';
const ROW_LIMIT = 6;
const CHART_DAYS = 14;

export default defineDashboard({
  // Everybody walks past it: no customer, no note, no address is told to it.
  wallboard: {
    snapshot: SUPERVISOR_SNAPSHOT,
    tables: {
      orders: ['id', 'status', 'on_hold', 'employee_id', 'placed_at', 'total', 'returned_total'],
      shipments: ['id', 'order_id', 'shipped_at', 'employee_id'],
      movies: ['id', 'title', 'available', 'low_stock', 'low_stock_threshold'],
      stock_movements: [
        'id',
        'created_at',
        'movie_id',
        'stock_delta',
        'reserved_delta',
        'reason',
        'order_id',
        'actor_name',
      ],
      employees: ['id', 'name', 'active'],
    },
  },
  homePages: { supervisor: 'SupervisorDashboard', admin: 'SupervisorDashboard' },
  snapshots: {
    [SUPERVISOR_SNAPSHOT]: {
      roles: ['supervisor', 'admin'],
      read: (context): Promise<SupervisorState> =>
        findSupervisorState(context, { lateAfterHours: LATE_AFTER_HOURS }),
    },
  },
  load: async (context) => {
    const employeeId = await findOwnEmployeeId(context);
    const viewer = { employeeId, lateAfterHours: LATE_AFTER_HOURS };
    const midnight = `${new Date().toISOString().slice(0, 10)} 00:00:00`;
    const [figures, queues, mine, unassigned, lowStock, perDay] = await Promise.all([
      findFigures(context, midnight),
      context.figure((db) => findQueueCounts(db, viewer)),
      employeeId === null ? [] : findWaitingOrders(context, employeeId, ROW_LIMIT),
      findWaitingOrders(context, null, ROW_LIMIT),
      findLowStock(context, ROW_LIMIT),
      context.figure((db) => findOrdersPerDay(db, CHART_DAYS)),
    ]);
    const late = new Date(Date.now() - LATE_AFTER_HOURS * 60 * 60 * 1000).toISOString();
    return {
      tables: ['orders', 'shipments', 'movies'],
      cards: [
        {
          label: 'Orders today',
          value: figures.placedCount,
          kind: 'integer',
          hint: 'since midnight UTC',
          href: ORDERS,
        },
        { label: 'Sold today', value: figures.revenue, kind: 'money', hint: 'less what came back' },
        { label: 'Shipments today', value: figures.shippedCount, kind: 'integer' },
        {
          label: 'Unassigned',
          value: queues?.unassigned ?? null,
          kind: 'integer',
          href: `${ORDERS}?filters.status=placed&filters.employee_id=~empty`,
          tone: 'info',
        },
        {
          label: 'To pack',
          value: queues?.['to-pack'] ?? null,
          kind: 'integer',
          href: `${ORDERS}?filters.status=assigned&filters.on_hold=false`,
          tone: 'info',
        },
        {
          label: 'To ship',
          value: queues?.['to-ship'] ?? null,
          kind: 'integer',
          href: `${ORDERS}?filters.status=packed,partially_shipped&filters.on_hold=false`,
          tone: 'info',
        },
        {
          label: 'Late',
          value: queues?.late ?? null,
          kind: 'integer',
          hint: `open for over ${LATE_AFTER_HOURS} hours`,
          href: `${ORDERS}?${OPEN}&filters.placed_at.to=${late}`,
          tone: 'danger',
        },
        {
          label: 'Low stock',
          value: figures.lowStockCount,
          kind: 'integer',
          href: `${MOVIES}?filters.low_stock=true`,
          tone: 'warning',
        },
      ],
      lists: [
        ...(employeeId !== null
          ? [
              {
                title: 'My orders',
                href: `${ORDERS}?filters.employee_id=${employeeId}&${OPEN}`,
                rows: mine.map(toOrderRow),
              },
            ]
          : []),
        {
          title: 'Waiting for somebody',
          href: `${ORDERS}?filters.status=placed&filters.employee_id=~empty`,
          rows: unassigned.map(toOrderRow),
        },
        { title: 'Running low', href: `${MOVIES}?filters.low_stock=true`, rows: lowStock.map(toFilmRow) },
      ],
      chart: perDay
        ? {
            title: `Orders in the last ${CHART_DAYS} days`,
            unit: 'orders',
            points: perDay.map(({ day, count }) => ({ label: day, value: count })),
          }
        : undefined,
    };
  },
});

function toOrderRow({ id, status, customerName, total }: WaitingOrder): DashboardRow {
  return {
    title: `Order ${id}`,
    subtitle: customerName,
    badge: status ? { label: status.replaceAll('_', ' '), tone: 'info' } : undefined,
    value: total,
    href: `${ORDERS}/records/${id}/show`,
  };
}

function toFilmRow({ id, title, values }: SeenRow): DashboardRow {
  const { available, low_stock_threshold: threshold } = values;
  return {
    title,
    subtitle: threshold === undefined ? undefined : `low at ${threshold}`,
    badge: available === undefined ? undefined : describeAvailable(Number(available)),
    href: `${MOVIES}/records/${id}/show`,
  };
}

function describeAvailable(available: number): NonNullable<DashboardRow['badge']> {
  return available === 0
    ? { label: 'sold out', tone: 'danger' }
    : { label: `${available} left`, tone: 'warning' };
}

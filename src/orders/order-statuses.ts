/** The states of an order, in the order of its life. */
export const ORDER_STATUSES = [
  'placed',
  'assigned',
  'packed',
  'partially_shipped',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** States in which something is still to be done before the goods are on their way. */
export const OPEN_STATUSES = ['placed', 'assigned', 'packed', 'partially_shipped'] as const;

/** Whether a state is one of the open ones. */
export function isOpenStatus(status: string): boolean {
  return (OPEN_STATUSES as readonly string[]).includes(status);
}

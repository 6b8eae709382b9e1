/** The states of an order, in the order of its life. */
export const STATUSES = [
  'placed',
  'assigned',
  'packed',
  'partially_shipped',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const;

export type Status = (typeof STATUSES)[number];

/** States in which something is still to be done before the goods are on their way. */
export const OPEN_STATUSES: readonly string[] = ['placed', 'assigned', 'packed', 'partially_shipped'];

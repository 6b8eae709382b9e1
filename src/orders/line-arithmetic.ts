import { multiplyMoney, sumMoney } from './money.ts';

/** One film of an order. Quantities are pieces; `unitPrice` is a decimal string such as '9.99'. */
export interface OrderLine {
  readonly movieId: number;
  /** As ordered; what was cancelled since is still counted here. */
  readonly quantity: number;
  readonly unitPrice: string;
  /** What this line counts in movies.reserved. */
  readonly held: number;
  readonly shipped: number;
  readonly cancelled: number;
  readonly returned: number;
}

/** Pieces by film: a demand, a shipment, what is taken back. */
export type Quantities = ReadonlyMap<number, number>;

/** What is still to be shipped of a line. */
export function openQuantity(line: OrderLine): number {
  return line.quantity - line.shipped - line.cancelled;
}

/** What is to be shipped and not reserved yet: more than 0 on lines that another program wrote. */
export function unheldQuantity(line: OrderLine): number {
  return Math.max(0, openQuantity(line) - line.held);
}

/** What of a line is with the customer and can come back. */
export function returnableQuantity(line: OrderLine): number {
  return line.shipped - line.returned;
}

/** Adds up pieces of the same film; films in the order of their ids, which is the order of their locks. */
export function addUp(lines: Iterable<{ movieId: number; quantity: number }>): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { movieId, quantity } of lines) sums.set(movieId, (sums.get(movieId) ?? 0) + quantity);
  return new Map([...sums].filter(([, quantity]) => quantity > 0).sort(([a], [b]) => a - b));
}

/** As a list, for an activity's details. */
export function toLines(quantities: Quantities): { movieId: number; quantity: number }[] {
  return [...quantities].map(([movieId, quantity]) => ({ movieId, quantity }));
}

/** One figure of every line, by film, where it is more than 0. */
export function collect(
  lines: readonly OrderLine[],
  figure: (line: OrderLine) => number,
): Map<number, number> {
  return addUp(lines.map((line) => ({ movieId: line.movieId, quantity: figure(line) })));
}

/** Where more is wanted than there is. */
export interface Excess {
  readonly movieId: number;
  readonly wanted: number;
  readonly limit: number;
}

/** The films of which more is wanted than the limit allows; a film without a limit has none. */
export function findExcess(wanted: Quantities, limits: Quantities): Excess[] {
  return [...wanted].flatMap(([movieId, quantity]) => {
    const limit = limits.get(movieId) ?? 0;
    return quantity > limit ? [{ movieId, wanted: quantity, limit }] : [];
  });
}

/** Whether both name the same films and the same quantities. */
export function isSame(a: Quantities, b: Quantities): boolean {
  return a.size === b.size && [...a].every(([movieId, quantity]) => b.get(movieId) === quantity);
}

/** What an order is worth, as decimal strings. */
export interface OrderMoney {
  readonly ordered: string;
  readonly cancelled: string;
  /** Ordered less cancelled: what orders.total says. */
  readonly total: string;
  readonly shipped: string;
  /** Worth of what came back: what orders.returned_total says. */
  readonly returned: string;
}

/** What of a line its money follows from. */
export type PricedLine = Pick<OrderLine, 'quantity' | 'unitPrice' | 'shipped' | 'cancelled' | 'returned'>;

/** Adds up the money of an order's lines. */
export function decideMoney(lines: readonly PricedLine[]): OrderMoney {
  const worth = (figure: (line: PricedLine) => number) =>
    sumMoney(lines.map((line) => multiplyMoney(line.unitPrice, figure(line))));
  return {
    ordered: worth((line) => line.quantity),
    cancelled: worth((line) => line.cancelled),
    total: worth((line) => line.quantity - line.cancelled),
    shipped: worth((line) => line.shipped),
    returned: worth((line) => line.returned),
  };
}

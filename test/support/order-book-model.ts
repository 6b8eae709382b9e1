// The order book in plain arithmetic, written apart from src/orders, to compare it with.

export interface ModelLine {
  quantity: number;
  held: number;
  shipped: number;
  cancelled: number;
  returned: number;
  readonly cents: number;
}

export interface ModelOrder {
  status: string;
  onHold: boolean;
  employee: number | null;
  readonly lines: Map<number, ModelLine>;
}

export interface ModelFilm {
  stock: number;
  reserved: number;
  readonly cents: number;
}

export type ModelLines = readonly { readonly film: number; readonly quantity: number }[];

const OPEN = ['placed', 'assigned', 'packed', 'partially_shipped'];

/** Films and orders by number. Every act returns 'ok' or the code of the refusal, after which nothing has changed. */
export class OrderBookModel {
  readonly films: ModelFilm[];
  readonly orders: ModelOrder[] = [];

  constructor(films: readonly { stock: number; cents: number }[]) {
    this.films = films.map((film) => ({ ...film, reserved: 0 }));
  }

  place(lines: ModelLines): string {
    const demand = sum(lines);
    if (this.isShort(demand)) return 'not_enough_stock';
    const order = this.write(demand);
    this.hold(order);
    return 'ok';
  }

  writeOutside(lines: ModelLines): string {
    this.write(sum(lines));
    return 'ok';
  }

  sellOutside(film: number, quantity: number): string {
    return this.takeFromShelf(film, quantity);
  }

  deleteOutside(order: ModelOrder, film: number): string {
    const line = order.lines.get(film);
    if (!line) return 'ok';
    if (line.shipped > 0 || line.cancelled > 0 || !OPEN.includes(order.status)) return 'refused';
    this.film(film).reserved -= line.held;
    order.lines.delete(film);
    return 'ok';
  }

  change(order: ModelOrder, lines: ModelLines): string {
    const refusal = this.refuseStep(order, ['placed', 'assigned']);
    if (refusal) return refusal;
    const target = new Map([...order.lines].map(([film, line]) => [film, line.quantity - line.cancelled]));
    const before = JSON.stringify([...target].filter(([, quantity]) => quantity > 0));
    for (const { film, quantity } of lines) if (quantity > 0 || target.has(film)) target.set(film, quantity);
    const after = [...target].filter(([, quantity]) => quantity > 0);
    if (after.length === 0) return 'no_lines';
    if (JSON.stringify(after) === before) return 'nothing_to_change';
    const extra = after.map(
      ([film, quantity]) => [film, quantity - (order.lines.get(film)?.held ?? 0)] as const,
    );
    if (this.isShort(new Map(extra.filter(([, quantity]) => quantity > 0)))) return 'not_enough_stock';
    for (const [film, quantity] of target) {
      const line = order.lines.get(film) ?? emptyLine(this.film(film).cents);
      this.film(film).reserved += quantity - line.held;
      if (quantity === 0) order.lines.delete(film);
      else order.lines.set(film, { ...line, quantity: quantity + line.cancelled, held: quantity });
    }
    return 'ok';
  }

  assign(order: ModelOrder, employee: number, isClaim: boolean): string {
    if (isClaim && order.employee !== null && order.employee !== employee) return 'already_assigned';
    if (order.employee === employee && order.status !== 'placed') {
      // A claim of one's own order is past its state; an assignment to its holder changes nothing.
      return 'already_assigned';
    }
    const refusal =
      this.refuseStep(order, isClaim ? ['placed'] : OPEN) ?? this.refuseTaking(order) ?? this.takeIn(order);
    if (refusal) return refusal;
    if (order.status === 'placed') order.status = 'assigned';
    order.employee = employee;
    return 'ok';
  }

  unassign(order: ModelOrder): string {
    const refusal = this.refuseStep(order, ['assigned']) ?? this.refuseTaking(order);
    if (refusal) return refusal;
    order.status = 'placed';
    order.employee = null;
    return 'ok';
  }

  setHold(order: ModelOrder, onHold: boolean): string {
    if (!OPEN.includes(order.status)) return 'wrong_status';
    if (order.onHold === onHold) return onHold ? 'on_hold' : 'not_on_hold';
    order.onHold = onHold;
    return 'ok';
  }

  pack(order: ModelOrder): string {
    const refusal =
      this.refuseStep(order, ['assigned']) ?? (isDone(order) ? 'no_lines' : null) ?? this.takeIn(order);
    if (refusal) return refusal;
    order.status = 'packed';
    return 'ok';
  }

  ship(order: ModelOrder, lines: ModelLines | null): string {
    const refusal =
      this.refuseStep(order, ['packed', 'partially_shipped']) ?? (isDone(order) ? 'no_lines' : null);
    if (refusal) return refusal;
    const open = new Map([...order.lines].map(([film, line]) => [film, openOf(line)]));
    const shipped = lines ? sum(lines) : open;
    if ([...shipped].some(([film, quantity]) => quantity > (open.get(film) ?? 0))) return 'more_than_open';
    const short = this.takeIn(order);
    if (short) return short;
    for (const [film, quantity] of shipped) {
      const line = order.lines.get(film) as ModelLine;
      line.shipped += quantity;
      line.held -= quantity;
      this.film(film).stock -= quantity;
      this.film(film).reserved -= quantity;
    }
    order.status = isDone(order) ? 'shipped' : 'partially_shipped';
    return 'ok';
  }

  deliver(order: ModelOrder): string {
    const refusal = this.refuseStep(order, ['shipped']);
    if (refusal) return refusal;
    order.status = 'delivered';
    return 'ok';
  }

  cancel(order: ModelOrder): string {
    if (!OPEN.includes(order.status)) return 'wrong_status';
    for (const [film, line] of order.lines) {
      this.film(film).reserved -= line.held;
      line.held = 0;
      line.cancelled += openOf(line);
    }
    const isBack = [...order.lines.values()].every((line) => line.shipped === line.returned);
    order.status = order.status !== 'partially_shipped' ? 'cancelled' : isBack ? 'returned' : 'shipped';
    order.onHold = false;
    return 'ok';
  }

  takeBack(order: ModelOrder, lines: ModelLines, isRestocked: boolean): string {
    const refusal = this.refuseStep(order, ['partially_shipped', 'shipped', 'delivered']);
    if (refusal) return refusal;
    const back = sum(lines);
    const out = (film: number) =>
      (order.lines.get(film)?.shipped ?? 0) - (order.lines.get(film)?.returned ?? 0);
    if ([...back].some(([film, quantity]) => quantity > out(film))) return 'more_than_shipped';
    for (const [film, quantity] of back) {
      (order.lines.get(film) as ModelLine).returned += quantity;
      if (isRestocked) this.film(film).stock += quantity;
    }
    const isAllBack = [...order.lines.keys()].every((film) => out(film) === 0);
    if (isAllBack && order.status !== 'partially_shipped') order.status = 'returned';
    return 'ok';
  }

  receive(film: number, quantity: number): string {
    this.film(film).stock += quantity;
    return 'ok';
  }

  count(film: number, counted: number): string {
    if (counted < this.film(film).reserved) return 'reserved_by_orders';
    this.film(film).stock = counted;
    return 'ok';
  }

  writeOff(film: number, quantity: number): string {
    return this.takeFromShelf(film, quantity);
  }

  totalCents(order: ModelOrder): number {
    return [...order.lines.values()].reduce(
      (total, line) => total + (line.quantity - line.cancelled) * line.cents,
      0,
    );
  }

  returnedCents(order: ModelOrder): number {
    return [...order.lines.values()].reduce((total, line) => total + line.returned * line.cents, 0);
  }

  private film(number: number): ModelFilm {
    return this.films[number] as ModelFilm;
  }

  private write(demand: Map<number, number>): ModelOrder {
    const lines = [...demand].map(
      ([film, quantity]) => [film, { ...emptyLine(this.film(film).cents), quantity }] as const,
    );
    const order = { status: 'placed', onHold: false, employee: null, lines: new Map(lines) };
    this.orders.push(order);
    return order;
  }

  private hold(order: ModelOrder): void {
    for (const [film, line] of order.lines) {
      this.film(film).reserved += openOf(line) - line.held;
      line.held = openOf(line);
    }
  }

  private takeIn(order: ModelOrder): string | null {
    const demand = new Map([...order.lines].map(([film, line]) => [film, openOf(line) - line.held]));
    if (this.isShort(demand)) return 'not_enough_stock';
    this.hold(order);
    return null;
  }

  private takeFromShelf(film: number, quantity: number): string {
    if (this.isShort(new Map([[film, quantity]]))) return 'not_enough_stock';
    this.film(film).stock -= quantity;
    return 'ok';
  }

  private isShort(demand: Map<number, number>): boolean {
    return [...demand].some(
      ([film, quantity]) => quantity > this.film(film).stock - this.film(film).reserved,
    );
  }

  /** All is done by the first employee. */
  private refuseTaking(order: ModelOrder): string | null {
    return order.employee === null || order.employee === 0 ? null : 'not_your_order';
  }

  private refuseStep(order: ModelOrder, statuses: readonly string[]): string | null {
    if (!statuses.includes(order.status)) return 'wrong_status';
    return order.onHold ? 'on_hold' : null;
  }
}

const emptyLine = (cents: number): ModelLine => ({
  quantity: 0,
  held: 0,
  shipped: 0,
  cancelled: 0,
  returned: 0,
  cents,
});

const openOf = (line: ModelLine) => line.quantity - line.shipped - line.cancelled;
const isDone = (order: ModelOrder) => [...order.lines.values()].every((line) => openOf(line) === 0);

function sum(lines: ModelLines): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { film, quantity } of lines) sums.set(film, (sums.get(film) ?? 0) + quantity);
  return sums;
}

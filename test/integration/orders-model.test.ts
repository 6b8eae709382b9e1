import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { countStock, receiveStock, writeOffStock } from '../../src/orders/adjust-stock.ts';
import type { OrderStep } from '../../src/orders/order-status.ts';
import { placeOrder } from '../../src/orders/place-order.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { runOrderStep } from '../../src/orders/run-order-step.ts';
import { REWRITES, rewriteHistory, toSql } from '../support/history-rewrites.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';
import {
  type Act,
  anyAct,
  FILM_COUNT,
  type Lines,
  type OrderAct,
  proceed,
} from '../support/order-book-acts.ts';
import { type ModelOrder, OrderBookModel } from '../support/order-book-model.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => 20_260_719 + index);

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.drop());

/** One walk: the model and the database side by side. */
class Walk {
  /** What has left so far, in the order in which it did. */
  private parcels: RowDataPacket[] = [];
  readonly orderIds: number[] = [];
  constructor(
    readonly model: OrderBookModel,
    readonly movieIds: readonly number[],
  ) {}

  async take(step: Act): Promise<void> {
    const told = await this.tell(step);
    if (told === null) return;
    const [expected, found] = told;
    expect(found, JSON.stringify(step)).toBe(expected);
    await this.compare();
  }

  /** Does one thing in both; what each answers, or null where there is no order to do it with. */
  private async tell(step: Act): Promise<[string, string] | null> {
    if (!('order' in step)) return this.tellOfFilms(step);
    const index = step.order % Math.max(1, this.orderIds.length);
    const modelOrder = this.model.orders[index];
    const orderId = this.orderIds[index];
    if (!modelOrder || !orderId) return null;
    return this.tellOfOrder(orderId, modelOrder, step.act === 'proceed' ? proceed(modelOrder, step) : step);
  }

  private async tellOfOrder(
    orderId: number,
    modelOrder: ModelOrder,
    step: OrderAct,
  ): Promise<[string, string] | null> {
    if (step.act === 'rewrite') return this.rewrite(orderId, modelOrder, step);
    const expected = this.actOn(modelOrder, step);
    if (step.act === 'deleteOutside') {
      const sql = 'DELETE FROM order_items WHERE order_id = ? AND movie_id = ?';
      return [expected, await this.writeSql(sql, [orderId, this.movieId(step.film)], 'refused')];
    }
    const answer = await runOrderStep(store.pool, ZIX, step.act as OrderStep, {
      orderId,
      reason: 'because',
      note: 'a note',
      carrier: 'GalEx',
      trackingNumber: 'GX',
      employeeId: 'employee' in step ? [store.employeeId, store.otherEmployeeId][step.employee] : undefined,
      lines:
        'lines' in step && step.lines
          ? this.toLines(step.lines, 'isRestocked' in step && step.isRestocked)
          : undefined,
    });
    return [expected, answer.ok ? 'ok' : answer.code];
  }

  /** Plain SQL that would rewrite the order's history; null where what it writes is none. */
  private async rewrite(
    orderId: number,
    modelOrder: ModelOrder,
    { film, which }: Extract<OrderAct, { act: 'rewrite' }>,
  ): Promise<[string, string] | null> {
    const rewrite = REWRITES[which] as (typeof REWRITES)[number];
    if (!rewrite.isOne(modelOrder, modelOrder.lines.get(film))) return null;
    return ['refused', await rewriteHistory(store.pool, toSql(rewrite, orderId, this.movieId(film)))];
  }

  /** Keeps a copy of every parcel that has left since; those of before are as they were. */
  private async compareParcels(): Promise<void> {
    const [parcels] = await store.pool.query<RowDataPacket[]>(
      `SELECT s.id, s.order_id, s.employee_id, s.carrier, s.tracking_number, s.shipped_at, i.movie_id, i.quantity
       FROM shipments s LEFT JOIN shipment_items i ON i.shipment_id = s.id
       WHERE s.order_id IN (?) ORDER BY s.id, i.movie_id`,
      [this.orderIds],
    );
    expect(parcels.slice(0, this.parcels.length)).toEqual(this.parcels);
    this.parcels = parcels;
  }

  private actOn(modelOrder: ModelOrder, step: Exclude<OrderAct, { act: 'rewrite' }>): string {
    switch (step.act) {
      case 'deleteOutside':
        return this.model.deleteOutside(modelOrder, step.film);
      case 'assign':
      case 'claim':
        return this.model.assign(modelOrder, step.employee, step.act === 'claim');
      case 'hold':
      case 'release':
        return this.model.setHold(modelOrder, step.act === 'hold');
      case 'changeLines':
        return this.model.change(modelOrder, step.lines);
      case 'ship':
        return this.model.ship(modelOrder, step.lines);
      case 'return':
        return this.model.takeBack(modelOrder, step.lines, step.isRestocked);
      case 'note':
        return 'ok';
      default:
        return this.model[step.act](modelOrder);
    }
  }

  private async tellOfFilms(step: Exclude<Act, { order: number }>): Promise<[string, string]> {
    if ('lines' in step) {
      const expected = this.model[step.act](step.lines);
      return [expected, await this.write(step.act, this.toLines(step.lines, false))];
    }
    const expected = this.model[step.act](step.film, step.quantity);
    const movieId = this.movieId(step.film);
    if (step.act === 'sellOutside') {
      const sql = 'UPDATE movies SET stock = stock - ? WHERE id = ?';
      return [expected, await this.writeSql(sql, [step.quantity, movieId], 'not_enough_stock')];
    }
    const input = { movieId, quantity: step.quantity, counted: step.quantity, reason: 'because' };
    const command = { receive: receiveStock, count: countStock, writeOff: writeOffStock }[step.act];
    const answer = await command(store.pool, ZIX, input);
    return [expected, answer.ok ? 'ok' : answer.code];
  }

  private async write(
    kind: 'place' | 'writeOutside',
    lines: { movieId: number; quantity: number }[],
  ): Promise<string> {
    if (kind === 'writeOutside') {
      this.orderIds.push(await store.addOutsideOrder(lines));
      return 'ok';
    }
    const { customerId } = store;
    const answer = await placeOrder(store.pool, ZIX, {
      customerId,
      lines,
      idempotencyKey: crypto.randomUUID(),
    });
    if (answer.ok) this.orderIds.push(answer.orderId);
    return answer.ok ? 'ok' : answer.code;
  }

  private async writeSql(sql: string, values: unknown[], refusal: string): Promise<string> {
    try {
      await store.pool.query(sql, values);
      return 'ok';
    } catch (error) {
      // CHECK on MySQL and on MariaDB, and a trigger's SIGNAL.
      expect([3819, 4025, 1644]).toContain((error as { errno?: number }).errno);
      return refusal;
    }
  }

  private movieId(number: number): number {
    return this.movieIds[number] as number;
  }

  private toLines(lines: Lines, isRestocked: boolean) {
    const disposition = isRestocked ? ('restock' as const) : ('write_off' as const);
    return lines.map((line) => ({ movieId: this.movieId(line.film), quantity: line.quantity, disposition }));
  }

  private async compare(): Promise<void> {
    const { model, orderIds, movieIds } = this;
    const [films] = await store.pool.query('SELECT stock, reserved FROM movies WHERE id IN (?) ORDER BY id', [
      movieIds,
    ]);
    expect(films).toEqual(model.films.map(({ stock, reserved }) => ({ stock, reserved })));
    if (orderIds.length === 0) return;
    const [orders] = await store.pool.query<RowDataPacket[]>(
      `SELECT status, on_hold AS onHold, employee_id AS employee, total, returned_total AS returned
       FROM orders WHERE id IN (?) ORDER BY id`,
      [orderIds],
    );
    expect(orders).toEqual(
      model.orders.map((one) => ({
        status: one.status,
        onHold: one.onHold ? 1 : 0,
        employee: one.employee === null ? null : [store.employeeId, store.otherEmployeeId][one.employee],
        total: (model.totalCents(one) / 100).toFixed(2),
        returned: (model.returnedCents(one) / 100).toFixed(2),
      })),
    );
    const [found] = await store.pool.query(
      `SELECT order_id, movie_id, quantity, held_quantity AS held, shipped_quantity AS shipped,
         cancelled_quantity AS cancelled, returned_quantity AS returned
       FROM order_items WHERE order_id IN (?) ORDER BY order_id, movie_id`,
      [orderIds],
    );
    expect(found).toEqual(model.orders.flatMap((one, index) => this.toRows(one, index)));
    await this.compareParcels();
  }

  private toRows({ lines: modelLines }: ModelOrder, index: number) {
    return [...modelLines]
      .sort(([a], [b]) => a - b)
      .map(([number, { cents: _cents, ...figures }]) => ({
        order_id: this.orderIds[index],
        movie_id: this.movieId(number),
        ...figures,
      }));
  }
}

test.each(SEEDS)(
  'random commands and plain SQL agree with the model after every step (seed %i)',
  async (seed) => {
    const stocks = fc.array(fc.nat(20), { minLength: FILM_COUNT, maxLength: FILM_COUNT });
    const property = fc.asyncProperty(
      stocks,
      fc.array(anyAct, { minLength: 30, maxLength: 60 }),
      async (stock, acts) => {
        const films = stock.map((pieces, index) => ({ stock: pieces, cents: 999 + 1_001 * index }));
        const movieIds: number[] = [];
        for (const { stock: pieces, cents } of films)
          movieIds.push(await store.addFilm({ stock: pieces, price: (cents / 100).toFixed(2) }));
        const walk = new Walk(new OrderBookModel(films), movieIds);
        for (const step of acts) await walk.take(step);
        expect(await reconcileStock(store.pool)).toEqual([]);
      },
    );
    await fc.assert(property, { seed, numRuns: 2 });
  },
  120_000,
);

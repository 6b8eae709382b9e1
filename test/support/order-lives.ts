import type { RowDataPacket } from '../../src/database/pool.ts';
import type { OrderStep } from '../../src/orders/order-status.ts';
import { runOrderStep } from '../../src/orders/run-order-step.ts';
import type { ModelLine, ModelOrder } from './order-book-model.ts';
import { StoreRows, ZIX } from './store-rows.ts';

/** A step of an order's life; `shipOne` ships one copy of its first film. */
export type LifeStep = OrderStep | 'shipOne';

/** A store with an order in each state that has history, and some that have none yet. */
export class OrderLives extends StoreRows {
  customerId = 0;
  employeeId = 0;
  alien = 0;
  brazil = 0;

  async begin(): Promise<void> {
    this.customerId = await this.addCustomer('Gax');
    await this.addCustomer('Pim');
    this.employeeId = await this.addEmployee('Zix');
    this.alien = await this.addFilm({ stock: 99, title: 'Alien' });
    this.brazil = await this.addFilm({ stock: 99, title: 'Brazil' });
    await this.addFilm({ stock: 99, title: 'Contact' });
  }

  /** Places an order of three and two copies and takes these steps with it. */
  async live(...steps: LifeStep[]): Promise<number> {
    const { alien, brazil, employeeId } = this;
    const lines = [
      { movieId: alien, quantity: 3 },
      { movieId: brazil, quantity: 2 },
    ];
    const orderId = await this.place(this.customerId, lines);
    for (const step of steps) {
      const some = step === 'shipOne' ? [{ movieId: alien, quantity: 1 }] : undefined;
      const back = lines.map((line) => ({ ...line, disposition: 'restock' }));
      const input = {
        orderId,
        employeeId,
        reason: 'because',
        carrier: 'GalEx',
        trackingNumber: 'GX1',
        lines: step === 'return' ? back : some,
      };
      const answer = await runOrderStep(this.pool, ZIX, step === 'shipOne' ? 'ship' : step, input);
      if (!answer.ok) throw new Error(answer.message);
    }
    return orderId;
  }

  /** All that may not change, as it is now. */
  async copy(): Promise<RowDataPacket[][]> {
    const tables = ['orders', 'order_items', 'shipments', 'shipment_items', 'stock_movements'];
    return Promise.all(
      tables.map(async (table) => (await this.pool.query<RowDataPacket[]>(`SELECT * FROM ${table}`))[0]),
    );
  }

  /** An order as the rewrites judge it. */
  async model(orderId: number): Promise<ModelOrder> {
    const { status, on_hold } = await this.findOrder(orderId);
    const lines = (await this.findLines(orderId)).map((row): [number, ModelLine] => [
      row.movie_id,
      {
        quantity: row.quantity,
        held: row.held_quantity,
        shipped: row.shipped_quantity,
        cancelled: row.cancelled_quantity,
        returned: row.returned_quantity,
        cents: 0,
      },
    ]);
    return { status, onHold: on_hold === 1, employee: null, lines: new Map(lines) };
  }
}

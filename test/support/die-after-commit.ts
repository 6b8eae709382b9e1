// Runs one order step or placement, and is killed between the commit and the answer. Arguments: database address,
// 'place' or a step, input as JSON.
import { createPool } from '../../src/database/pool.ts';
import type { OrderStep } from '../../src/orders/order-status.ts';
import { placeOrder } from '../../src/orders/place-order.ts';
import { runOrderStep } from '../../src/orders/run-order-step.ts';
import { ZIX } from './order-book.ts';

const [url = '', step = '', input = ''] = process.argv.slice(2);
const pool = createPool(url);
pool.pool.on('connection', (connection) => {
  const query = connection.query.bind(connection);
  connection.query = ((...args: Parameters<typeof query>) => {
    const command = query(...args);
    if (String(args[0]) === 'COMMIT') command.once('end', () => process.kill(process.pid, 'SIGKILL'));
    return command;
  }) as typeof query;
});
await (step === 'place'
  ? placeOrder(pool, ZIX, JSON.parse(input))
  : runOrderStep(pool, ZIX, step as OrderStep, JSON.parse(input)));

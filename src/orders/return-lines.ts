import { z } from 'zod';
import { idSchema, quantitySchema, reasonSchema } from './command-input.ts';
import { defineOrderCommand } from './define-order-command.ts';
import { addUp, collect, findExcess, isSame, returnableQuantity } from './line-arithmetic.ts';
import { addToLines, updateStatus } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import { lockFilms, type Movement, recordMovements, refuseExcess, toMovements } from './stock-ledger.ts';

const returnedLineSchema = z.object({
  movieId: idSchema,
  quantity: quantitySchema(1),
  /** Back to the shelf, or written off. */
  disposition: z.enum(['restock', 'write_off'], 'must be restock or write_off'),
});

type ReturnedLine = z.output<typeof returnedLineSchema>;

const returnShape = {
  reason: reasonSchema,
  lines: z
    .array(returnedLineSchema)
    .min(1, 'must have at least one film')
    .max(200, 'must have at most 200 lines'),
};

/**
 * Takes shipped films back, each to the shelf or written off. An order of which all came back is returned, unless some of
 * it is still to be shipped.
 */
export const returnLines = defineOrderCommand(
  { name: 'return_lines', action: 'order_returned', shape: returnShape },
  async ({ connection, actor, order, input: { reason, lines } }) => {
    const refusal = decideStep(order, 'return');
    if (refusal) return refusal;
    const returned = addUp(lines);
    const films = await lockFilms(connection, returned.keys());
    const returnable = collect(order.lines, returnableQuantity);
    const excess = findExcess(returned, returnable);
    if (excess.length > 0) return refuseExcess('more_than_shipped', excess, 'come back', films);
    await recordMovements(connection, actor, toReturnMovements(lines), { orderId: order.id, note: reason });
    await addToLines(connection, order.id, 'returned_quantity', returned);
    const isAll = order.status !== 'partially_shipped' && isSame(returned, returnable);
    const status = isAll ? 'returned' : order.status;
    await updateStatus(connection, order.id, status);
    const action = isAll ? 'order_returned' : 'order_part_returned';
    return { ok: true, status, action, details: { reason, lines } };
  },
);

// What is written off comes in and goes out again, so that the ledger tells both.
function toReturnMovements(lines: readonly ReturnedLine[]): Movement[] {
  const writtenOff = addUp(lines.filter((line) => line.disposition === 'write_off'));
  return [
    ...toMovements(addUp(lines), 'returned', { stock: 1 }),
    ...toMovements(writtenOff, 'written_off', { stock: -1 }),
  ];
}

import { z } from 'zod';
import type { Actor } from '../database/activity.ts';
import type { Pool } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { assignShape } from './assign-order.ts';
import { cancelShape } from './cancel-order.ts';
import { idempotencyKeySchema, idSchema, parseInput, textSchema } from './command-input.ts';
import type { Done } from './define-command.ts';
import type { OrderStatus } from './order-statuses.ts';
import { decideParcelNumber, type ParcelNumbers, parcelNumbersSchema } from './parcel-numbers.ts';
import { runOrderStep } from './run-order-step.ts';

export type BulkStep = 'assign' | 'pack' | 'ship' | 'cancel';

/** The steps that many orders can take at once, each with its input: the same for all of them, but for parcel numbers. */
const BULK_SHAPES = {
  assign: assignShape,
  pack: {},
  ship: { carrier: textSchema(60), trackingNumbers: parcelNumbersSchema },
  cancel: cancelShape,
} as const;

/** What became, or will become, of one order: its new status, or why nothing does. */
export type BulkResult =
  | { readonly orderId: number; readonly ok: true; readonly status: OrderStatus }
  | ({ readonly orderId: number } & Pick<Refusal, 'ok' | 'code' | 'message' | 'quotes'>);

/** A result for each order, in the order given, and their numbers. */
export type BulkReport = Done<{
  readonly results: readonly BulkResult[];
  readonly doneCount: number;
  readonly refusedCount: number;
}>;

export interface BulkOptions {
  /** Told after each order. */
  readonly onProgress?: (finishedCount: number, totalCount: number) => void;
  /** Told of a fault, such as a lost connection, which becomes the result `fault` of its order. */
  readonly onFault?: (error: unknown, orderId: number) => void;
}

/**
 * Takes one step with many orders, one after the other, each in its own transaction: what is refused for one stops no
 * other. `input` is the step's own (assign: employeeId; ship: carrier,
 * trackingNumbers by order; cancel: reason?), and may hold
 * an `idempotencyKey` of at most 80 characters, under which the whole run can be repeated without a second effect.
 */
export async function runBulk(
  pool: Pool,
  actor: Actor,
  step: BulkStep,
  orderIds: readonly (number | string)[],
  input: object,
  { onProgress, onFault }: BulkOptions = {},
): Promise<BulkReport | Refusal> {
  const parsed = parseBulk(step, orderIds, input);
  if (!parsed.ok) return parsed;
  const { idempotencyKey, ...values } = parsed.input;
  const results: BulkResult[] = [];
  for (const orderId of parsed.orderIds) {
    const key = idempotencyKey && `${idempotencyKey}:${orderId}`;
    const own = decideOwnInput(orderId, values);
    const call = { ...own, orderId, idempotencyKey: key };
    const run = async () => (own.ok ? runOrderStep(pool, actor, step, call) : own);
    results.push(await runOne(orderId, run, onFault));
    onProgress?.(results.length, parsed.orderIds.length);
  }
  return toReport(results);
}

/** Counts the results. */
export function toReport(results: readonly BulkResult[]): BulkReport {
  const doneCount = results.filter((result) => result.ok).length;
  return { ok: true, results, doneCount, refusedCount: results.length - doneCount };
}

const orderIdsSchema = z
  .array(idSchema)
  .min(1, 'must name at least one order')
  .max(5_000, 'must be at most 5000 orders')
  .transform((ids) => [...new Set(ids)]);

/** Checks the input of a bulk step: the distinct order ids and the step's values, or a refusal of the whole run. */
export function parseBulk(step: BulkStep, orderIds: readonly unknown[], input: object) {
  const ids = parseInput(z.object({ orderIds: orderIdsSchema }), { orderIds });
  if (!ids.ok) return ids;
  const key = idempotencyKeySchema.max(80, 'must have at most 80 characters').optional();
  const schema = z.object({ ...BULK_SHAPES[step], idempotencyKey: key });
  const parsed = parseInput(schema, input);
  if (!parsed.ok) return parsed;
  const values: Record<string, unknown> & { idempotencyKey?: string } = parsed.values;
  return { ok: true as const, orderIds: ids.values.orderIds, input: values };
}

/** What of a run's checked input is one order's. */
export function decideOwnInput(
  orderId: number,
  { trackingNumbers, ...values }: Readonly<Record<string, unknown>>,
): { readonly ok: true; readonly trackingNumber?: string } | Refusal {
  if (trackingNumbers === undefined) return { ...values, ok: true };
  const number = decideParcelNumber(orderId, trackingNumbers as ParcelNumbers);
  return number.ok ? { ...values, ...number } : number;
}

async function runOne(
  orderId: number,
  run: () => ReturnType<typeof runOrderStep>,
  onFault?: BulkOptions['onFault'],
): Promise<BulkResult> {
  try {
    const answer = await run();
    if (answer.ok) return { orderId, ok: true, status: answer.status };
    return { orderId, ok: false, code: answer.code, message: answer.message, quotes: answer.quotes };
  } catch (error) {
    onFault?.(error, orderId);
    const message = `Order ${orderId} could not be worked on because of a fault. Look at it, then try again.`;
    return { orderId, ...refuse('fault', message) };
  }
}

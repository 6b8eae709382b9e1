import fc from 'fast-check';
import { REWRITES } from './history-rewrites.ts';
import type { ModelLine, ModelOrder } from './order-book-model.ts';

export const FILM_COUNT = 3;

const film = fc.nat(FILM_COUNT - 1);
// Few orders, so that a walk goes deep into their lives.
const order = fc.nat(2);
const lines = (least: number) =>
  fc.uniqueArray(fc.record({ film, quantity: fc.integer({ min: least, max: 3 }) }), {
    minLength: 1,
    maxLength: 3,
    selector: (line) => line.film,
  });
const pieces = fc.array(fc.record({ film, quantity: fc.constant(1) }), { minLength: 1, maxLength: 3 });
const basket = fc.array(fc.record({ film, quantity: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 3,
});
const quantity = fc.integer({ min: 1, max: 4 });
const weighted = (weight: number, arbitrary: fc.Arbitrary<Act>) => ({ weight, arbitrary });

export type Lines = readonly { readonly film: number; readonly quantity: number }[];
export type Act =
  | { readonly act: 'proceed'; readonly order: number; readonly isWhole: boolean }
  | { readonly act: 'place' | 'writeOutside'; readonly lines: Lines }
  | {
      readonly act: 'sellOutside' | 'receive' | 'count' | 'writeOff';
      readonly film: number;
      readonly quantity: number;
    }
  | { readonly act: 'deleteOutside'; readonly order: number; readonly film: number }
  | { readonly act: 'rewrite'; readonly order: number; readonly film: number; readonly which: number }
  | { readonly act: 'assign' | 'claim'; readonly order: number; readonly employee: number }
  | {
      readonly act: 'unassign' | 'hold' | 'release' | 'pack' | 'deliver' | 'cancel' | 'note';
      readonly order: number;
    }
  | { readonly act: 'changeLines'; readonly order: number; readonly lines: Lines }
  | { readonly act: 'ship'; readonly order: number; readonly lines: Lines | null }
  | { readonly act: 'return'; readonly order: number; readonly lines: Lines; readonly isRestocked: boolean };

/** Anything that can happen to the order book. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  weighted(2, fc.record({ act: fc.constant('place'), lines: basket })),
  weighted(1, fc.record({ act: fc.constant('writeOutside'), lines: lines(1) })),
  weighted(
    3,
    fc.record({ act: fc.constantFrom('sellOutside', 'receive', 'count', 'writeOff'), film, quantity }),
  ),
  weighted(12, fc.record({ act: fc.constant('proceed'), order, isWhole: fc.boolean() })),
  weighted(1, fc.record({ act: fc.constant('deleteOutside'), order, film })),
  weighted(8, fc.record({ act: fc.constant('rewrite'), order, film, which: fc.nat(REWRITES.length - 1) })),
  weighted(4, fc.record({ act: fc.constantFrom('assign', 'claim'), order, employee: fc.nat(1) })),
  weighted(2, fc.record({ act: fc.constantFrom('unassign', 'hold', 'note', 'cancel'), order })),
  weighted(2, fc.record({ act: fc.constant('release'), order })),
  weighted(5, fc.record({ act: fc.constantFrom('pack', 'deliver'), order })),
  weighted(2, fc.record({ act: fc.constant('changeLines'), order, lines: lines(0) })),
  weighted(6, fc.record({ act: fc.constant('ship'), order, lines: fc.option(pieces, { nil: null }) })),
  weighted(3, fc.record({ act: fc.constant('return'), order, lines: pieces, isRestocked: fc.boolean() })),
) as fc.Arbitrary<Act>;

export type OrderAct = Exclude<Extract<Act, { order: number }>, { act: 'proceed' }>;

/** The step that comes next in an order's life, with the whole of it or one piece. */
export function proceed(
  { status, lines }: ModelOrder,
  { order, isWhole }: Extract<Act, { act: 'proceed' }>,
): OrderAct {
  const onePieceOf = (count: (line: ModelLine) => number) =>
    [...lines]
      .filter(([, line]) => count(line) > 0)
      .slice(0, 1)
      .map(([film, line]) => ({ film, quantity: isWhole ? count(line) : 1 }));
  const toShip = onePieceOf((line) => line.quantity - line.shipped - line.cancelled);
  const toReturn = onePieceOf((line) => line.shipped - line.returned);
  if (status === 'placed') return { act: 'claim', order, employee: 0 };
  if (status === 'assigned') return { act: 'pack', order };
  if (status === 'shipped' && isWhole) return { act: 'deliver', order };
  if (status === 'shipped' || status === 'delivered')
    return { act: 'return', order, lines: toReturn, isRestocked: isWhole };
  return { act: 'ship', order, lines: toShip.length > 0 ? toShip : null };
}

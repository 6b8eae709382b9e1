import { z } from 'zod';
import { type Refusal, refuse } from '../errors.ts';

/** Tracking numbers by order, as a form for many orders sends them; one may be empty, as if it was not there. */
export const parcelNumbersSchema = z.record(
  z.string(),
  z.string({ error: 'must be a text' }).trim().max(80, 'must have at most 80 characters'),
  { error: 'must be given, one for each order' },
);

export type ParcelNumbers = Readonly<Record<string, string>>;

/** The tracking number of an order's parcel among those of many: its own, and no other order's. */
export function decideParcelNumber(
  orderId: number,
  numbers: ParcelNumbers,
): { readonly ok: true; readonly trackingNumber: string } | Refusal {
  const trackingNumber = numbers[orderId] ?? '';
  if (trackingNumber === '')
    return refuse('no_tracking_number', `Order ${orderId} has no tracking number yet. Give it one.`);
  const others = Object.keys(numbers).filter(
    (id) => id !== String(orderId) && compared(numbers[id]) === compared(trackingNumber),
  );
  if (others.length === 0) return { ok: true, trackingNumber };
  return refuse(
    'tracking_number_repeated',
    `Tracking number ${trackingNumber} is given to order ${others.join(', ')}, too. Every parcel has its own.`,
  );
}

/** Scanners and people write the same number in capitals, or not, and with gaps. */
function compared(number = ''): string {
  return number.replace(/\s+/g, '').toUpperCase();
}

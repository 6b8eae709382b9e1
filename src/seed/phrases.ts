/** Who carries parcels, and how their tracking numbers begin. */
export const CARRIERS = [
  { name: 'Comet Courier', prefix: 'CC' },
  { name: 'Nebula Express', prefix: 'NX' },
  { name: 'Wormhole Freight', prefix: 'WH' },
  { name: 'Saturn Ring Post', prefix: 'SR' },
  { name: 'Milky Way Mail', prefix: 'MW' },
] as const;

export const HOLD_REASONS = [
  'Payment in moon rocks is being weighed',
  'Customs of Zorblax ask for a form in triplicate',
  'Address lies inside a black hole: customer asked for another',
  'Customer is hibernating until next month',
  'Wormhole to this sector closed for cleaning',
  'Customer asked to wait until both moons are up',
  'Double order? Customer has two heads, asked both',
  'Planet moved out of delivery range, back soon',
] as const;

export const RELEASE_REASONS = [
  'Payment cleared',
  'Form came back, stamped by all three offices',
  'Customer sent a new address',
  'Customer is awake again',
  'Route is open again',
] as const;

export const CANCEL_REASONS = [
  'Customer changed their mind',
  'Customer found the film in an old time capsule',
  'Ordered twice by mistake',
  'Customer has no eyes and wanted the audio version',
  'Payment bounced off an asteroid',
  'Customer is leaving this dimension',
] as const;

export const CANCEL_REST_REASONS = [
  'Customer does not want to wait for the rest',
  'Disc was scratched in the warehouse, customer took the refund',
] as const;

export const RETURN_REASONS = [
  'Customer expected a documentary',
  'Arrived melted: too close to a sun',
  'Player cannot read discs from Earth',
  'Wrong film in the box',
  'Customer was frightened by the humans',
  'Gift for someone who had it already',
] as const;

export const NOTES = [
  'Wrap as a gift, please: no green, the customer is green.',
  'Customer asks for subtitles in Low Zorblaxian.',
  'Ring the third bell; the first two are neighbours.',
  'Fragile: the last parcel was eaten at the door.',
  'Regular customer, add a popcorn voucher.',
  'Customer prefers delivery at dusk (local time, 31-hour day).',
] as const;

export const RECEIPT_REASONS = [
  'Delivery from the Earth depot',
  'Restock from the Burbank vault',
  'Crate from the lunar transfer hub',
] as const;

/** A line of an order, as its page is told; what may not be read is absent. Money: decimal strings. */
export interface OrderLineView {
  readonly movieId: number;
  readonly title: string;
  readonly releaseYear?: number;
  readonly quantity?: number;
  readonly unitPrice?: string;
  /** What the film costs now. */
  readonly priceNow?: string;
  readonly shipped?: number;
  readonly cancelled?: number;
  readonly returned?: number;
  /** What is still to be shipped. */
  readonly open?: number;
  readonly lineTotal?: string;
  /** What could be added to the line now. */
  readonly available?: number;
}

/** What may not be read is absent. Times are ISO 8601 UTC. */
export interface ShipmentView {
  readonly id: number;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly shippedAt?: string;
  readonly deliveredAt?: string | null;
  readonly items: readonly { readonly movieId: number; readonly title: string; readonly quantity?: number }[];
}

export interface TimelineEntry {
  readonly at: string;
  /** Null where another program did it. */
  readonly actor: { readonly name: string; readonly role: string } | null;
  readonly action: string;
  readonly sentence: string;
}

export interface CustomerView {
  readonly id: number;
  readonly name: string;
  readonly email?: string;
  readonly species?: string;
  readonly planet?: string;
  readonly address?: string;
  /** Whether there is a page to open. */
  readonly isSeen: boolean;
}

export interface OrderMoney {
  readonly ordered: string;
  readonly cancelled: string;
  readonly total: string;
  readonly shipped: string;
  readonly returned: string;
}

/** Everything that an order's page shows; what may not be read is absent. */
export interface OrderView {
  readonly id: number;
  readonly status?: string;
  readonly onHold?: boolean;
  readonly holdReason?: string | null;
  readonly placedAt?: string;
  readonly customer?: CustomerView;
  /** Null: nobody. */
  readonly employee?: { readonly id: number; readonly name: string } | null;
  readonly lines: readonly OrderLineView[];
  readonly shipments: readonly ShipmentView[];
  readonly money?: OrderMoney;
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[];
}

/** A figure that is not what its parts add up to, or that cannot have come about. Figures are decimal strings. */
export interface Difference {
  readonly kind: FilmDifferenceKind | HistoryDifferenceKind;
  readonly table: 'movies' | 'orders' | 'order_items';
  /** Of a line: order and film, as in its address (`42~7`). */
  readonly recordId: string;
  readonly expected: string;
  readonly found: string;
}

/** What is wrong with a film's figures. */
export type FilmDifferenceKind =
  | 'stock_is_not_its_movements'
  | 'reserved_is_not_its_movements'
  | 'reserved_is_not_held';

/** What is wrong with an order or one of its lines. */
export type HistoryDifferenceKind =
  | 'total_is_not_its_lines'
  | 'returned_total_is_not_its_lines'
  | 'closed_order_holds_stock'
  | 'status_is_not_its_lines'
  | 'shipped_is_not_in_parcels'
  | 'shipped_is_not_its_movements'
  | 'parcels_hold_more_than_ordered'
  | 'returned_is_not_its_movements'
  | 'came_back_and_never_left';

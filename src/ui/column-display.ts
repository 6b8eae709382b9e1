/** How a column's value is shown and edited: the `custom` of its AdminJS property. */
export interface ColumnDisplay {
  /** What the column looks like: its format where it has one, 'reference' for a foreign key, else what it holds. */
  readonly kind: string;
  /** What the column holds, whatever its format. */
  readonly columnKind: string;
  readonly label: string;
  readonly help: string | null;
  readonly nullable: boolean;
  readonly required: boolean;
  readonly writable: boolean;
  /** Who may set it, where this person may only look. */
  readonly lockedFor: readonly string[];
  /** Whether its value is ever sent; one that is only set begins empty, and left empty stays as it is. */
  readonly readable: boolean;
  readonly maxLength: number | null;
  /** Of bytes: how many fit into the column and into one form. */
  readonly maxBytes: number | null;
  /** Smallest step of a number, such as '0.01'. */
  readonly step: string | null;
  readonly min: string | null;
  readonly values: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly tones: Readonly<Record<string, string>>;
  readonly defaultValue: string | null;
  readonly reference: ReferenceDisplay | null;
  readonly match: ColumnMatch;
}

/** How a list finds rows by the column. */
export interface ColumnMatch {
  /** Whether a filter's text may be a part of the column's, or is the whole of it. */
  readonly filter: 'part' | 'whole';
  /** Where the search box looks: in the text, for the key itself, in the title of the row it points at. */
  readonly search: readonly ('text' | 'key' | 'reference')[];
  /** Which letters are the same: only the same ones, those alike but for case and accents, or it is not known. */
  readonly letters: 'exact' | 'alike' | 'unknown';
}

/** Where a foreign key leads: the table searched for choices, and the column whose value is stored. */
export interface ReferenceDisplay {
  readonly resourceId: string;
  readonly valueColumn: string;
  readonly searchable: boolean;
}

import type { ColumnDisplay } from '../../src/ui/column-display.ts';

/** How a column is shown, of which a test says what matters. */
export function buildDisplay(columnKind: string, rest: Partial<ColumnDisplay> = {}): ColumnDisplay {
  return {
    kind: columnKind,
    columnKind,
    label: 'Column',
    help: null,
    nullable: true,
    required: false,
    writable: true,
    lockedFor: [],
    readable: true,
    maxLength: null,
    maxBytes: null,
    step: null,
    min: null,
    values: [],
    labels: {},
    tones: {},
    defaultValue: null,
    reference: null,
    match: { filter: 'whole', search: [], letters: 'unknown' },
    ...rest,
  };
}

/** What can be wrong with what the panel does with a table. */
export type DefectKind =
  | 'fault'
  | 'inside told'
  | 'slow'
  | 'walk'
  | 'order'
  | 'jump'
  | 'value'
  | 'filter'
  | 'search'
  | 'record'
  | 'edit'
  | 'create'
  | 'delete'
  | 'reference';

/** The panel did other than plain SQL says. */
export class Defect extends Error {
  override readonly name = 'Defect';

  constructor(
    readonly kind: DefectKind,
    message: string,
  ) {
    super(message);
  }
}

/** Throws a defect where two values differ. */
export function expectSame(kind: DefectKind, about: string, found: unknown, expected: unknown): void {
  const [left, right] = [found, expected].map((value) => JSON.stringify(value));
  if (left !== right)
    throw new Defect(kind, `${about}: ${left?.slice(0, 400)} instead of ${right?.slice(0, 400)}`);
}

/** Values by row. */
export type RowValues = Readonly<Record<string, string>>;

const ROW_NAME = /^(?:\D*\s|#)?(\S+)$/;

/**
 * What a pasted text fills in, by row: a value a line, or between tabs, downward from the row it is pasted into; or lines
 * that begin with the number of a row (`12<tab>GX-1`, `Order 12, GX-1`), each for that row. Null for a text of one value,
 * which any field takes by itself.
 */
export function readPaste(text: string, rowIds: readonly string[], startId: string): RowValues | null {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.split(/\t|[,;]\s*/).map((cell) => cell.trim()))
    .filter((cells) => cells.some((cell) => cell !== ''));
  const named = lines.flatMap((cells) => {
    const id = ROW_NAME.exec(cells[0] ?? '')?.[1];
    return cells.length > 1 && id !== undefined && rowIds.includes(id)
      ? [[id, cells.find((cell, index) => index > 0 && cell !== '') ?? ''] as const]
      : [];
  });
  if (named.length > 0) return Object.fromEntries(named);
  const values = (
    lines.length === 1 ? (lines[0] ?? []) : lines.map((cells) => cells.find(Boolean) ?? '')
  ).filter((value) => value !== '');
  if (values.length < 2) return null;
  const rows = rowIds.slice(rowIds.indexOf(startId));
  return Object.fromEntries(values.slice(0, rows.length).map((value, index) => [rows[index], value]));
}

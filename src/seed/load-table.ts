import { readFileSync } from 'node:fs';

/** Reads `data/<name>.tsv`: a header line with column names, then a row a line, values separated by tabs. */
export function loadTable<Column extends string>(
  name: string,
  columns: readonly Column[],
): Record<Column, string>[] {
  const text = readFileSync(new URL(`./data/${name}.tsv`, import.meta.url), 'utf8');
  const [header, ...lines] = text.trimEnd().split('\n');
  if (header !== columns.join('\t')) throw new Error(`${name}.tsv has other columns than ${columns}`);
  return lines.map((line, index) => {
    const values = line.split('\t');
    if (values.length !== columns.length) throw new Error(`${name}.tsv, row ${index + 1}: ${line}`);
    return Object.fromEntries(columns.map((column, place) => [column, values[place]])) as Record<
      Column,
      string
    >;
  });
}

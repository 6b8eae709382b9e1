import type { RecordJSON } from 'adminjs';
import type { LiveRow } from '../../live/protocol.ts';

/** A row on the screen with the values of a row image, and which of its columns are other ones now. */
export interface PatchedRecord {
  readonly record: RecordJSON;
  readonly changed: readonly string[];
}

export interface PatchRules {
  /** The column whose value is the row's title, where that is one. */
  readonly titleColumn: string | null;
  /** Other rows on the screen, which may know the title of the row that is pointed at now. */
  readonly others?: readonly RecordJSON[];
}

/**
 * Puts a row image into a row as the panel's lists and pages hold it. A reference that points elsewhere loses its title
 * where no other row on the screen has it: whoever shows it reads it.
 */
export function patchRecord(
  record: RecordJSON,
  image: LiveRow,
  { titleColumn, others = [] }: PatchRules,
): PatchedRecord {
  const changed = Object.keys(record.params).filter(
    (name) => Object.hasOwn(image, name) && image[name] !== record.params[name],
  );
  if (changed.length === 0) return { record, changed };
  const populated = new Map(Object.entries(record.populated));
  for (const name of changed) {
    const known = others.find(
      ({ params, populated }) => params[name] === image[name] && Object.hasOwn(populated, name),
    );
    if (known) populated.set(name, known.populated[name] as RecordJSON);
    else populated.delete(name);
  }
  const values = Object.fromEntries(changed.map((name) => [name, image[name]]));
  const title = titleColumn !== null && changed.includes(titleColumn) ? image[titleColumn] : null;
  const patched = {
    ...record,
    params: { ...record.params, ...values },
    populated: Object.fromEntries(populated),
  };
  return { record: title === null || title === '' ? patched : { ...patched, title: String(title) }, changed };
}

/** Takes from a row that was read what no row image tells: titles of references and the steps that are possible. */
export function completeRecord(record: RecordJSON, read: RecordJSON): RecordJSON {
  const current = Object.entries(read.populated).filter(
    ([name]) => read.params[name] === record.params[name],
  );
  return {
    ...record,
    populated: { ...record.populated, ...Object.fromEntries(current) },
    recordActions: read.recordActions,
    bulkActions: read.bulkActions,
  };
}

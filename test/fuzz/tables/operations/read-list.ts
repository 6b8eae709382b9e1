import type { ListMeta } from '../../../../src/ui/list/load-rows.ts';
import type { PanelRecord } from '../../../support/panel.ts';
import { Defect } from '../defect.ts';
import { type MadeColumn, ROW_NUMBER } from '../table-sql.ts';
import type { Visitor } from '../visitor.ts';
import { tablePath } from './table-path.ts';

/** What a list is asked for, by the names of its address. */
export type Asked = Readonly<Record<string, string | null>>;

export interface ListAnswer {
  readonly records: readonly PanelRecord[];
  readonly meta: ListMeta;
}

/** A page of a list; what is null is not asked. A refusal is a defect. */
export async function readList(visitor: Visitor, table: string, asked: Asked): Promise<ListAnswer> {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== null) params.append(name, value);
  const body = await visitor.get(tablePath(table, `actions/list?${params}`));
  if (!body.records || !body.meta?.perPage)
    throw new Defect('fault', `the list at ${params} is refused: ${body.notice?.message ?? body.message}`);
  return body as unknown as ListAnswer;
}

/** All rows of a small table. */
export const readWhole = (visitor: Visitor, table: string): Promise<ListAnswer> =>
  readList(visitor, table, { perPage: '500' });

/** What is shown of a column; undefined where it is not, were it called `toString`. */
export const shownOf = ({ params }: PanelRecord, { name }: MadeColumn): unknown =>
  Object.hasOwn(params, name) ? params[name] : undefined;

/** The numbers of rows, in the order in which they are listed. */
export const numbersOf = (records: readonly PanelRecord[]): number[] =>
  records.map(({ params }) => Number(params[ROW_NUMBER]));

export const rising = (numbers: readonly number[]): number[] =>
  [...numbers].sort((left, right) => left - right);

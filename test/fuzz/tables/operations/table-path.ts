import { encodeTable } from '../../../../src/table-address.ts';

/** The address of a table below the API's resources. */
export const tablePath = (table: string, rest: string): string => `${encodeTable(table)}/${rest}`;
/** That of one of its rows. */
export const recordPath = (table: string, id: string, action: string): string =>
  tablePath(table, `records/${encodeURIComponent(id)}/${action}`);

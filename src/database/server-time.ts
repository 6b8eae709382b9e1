import type { Queryable, RowDataPacket } from './pool.ts';

/** The server's clock, in milliseconds since 1970. */
export async function findServerTimeMs(db: Queryable): Promise<number> {
  const [[row]] = await db.query<RowDataPacket[]>(
    "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) / 1000 AS timeMs",
  );
  return Number(row?.timeMs);
}

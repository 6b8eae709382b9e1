import type { Queryable, RowDataPacket } from './pool.ts';

/**
 * Deletes the oldest files of the server's binary log until the rest has at most `keptBytes`; the file being written
 * stays whatever its size. The server keeps what a reader is at. Where the log is off, there is nothing to do.
 */
export async function purgeLog(db: Queryable, keptBytes: number): Promise<void> {
  const [[setting]] = await db.query<RowDataPacket[]>('SELECT @@log_bin AS isLogOn');
  if (!setting?.isLogOn) return;
  const [files] = await db.query<RowDataPacket[]>('SHOW BINARY LOGS');
  let bytes = 0;
  let oldestKept: string | null = null;
  for (const { Log_name: name, File_size: size } of files.reverse()) {
    bytes += Number(size);
    if (oldestKept !== null && bytes > keptBytes) {
      await db.query('PURGE BINARY LOGS TO ?', [oldestKept]);
      return;
    }
    oldestKept = name;
  }
}

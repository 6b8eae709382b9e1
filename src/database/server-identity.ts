import { createHash } from 'node:crypto';
import type { Queryable, RowDataPacket } from './pool.ts';

/** Of MySQL; MariaDB has none in 10.11, and a hash of its machine and port later. */
const IDENTITY_VARIABLES = ['server_uuid', 'server_uid', 'server_id', 'hostname', 'port', 'datadir'];

/** Eight letters and digits that tell this server's log from that of any other server, on every node alike. */
export async function findServerIdentity(db: Queryable): Promise<string> {
  const [rows] = await db.query<RowDataPacket[]>('SHOW GLOBAL VARIABLES WHERE Variable_name IN (?)', [
    IDENTITY_VARIABLES,
  ]);
  const values = new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
  const uuid = values.get('server_uuid');
  const parts = uuid ? [uuid] : IDENTITY_VARIABLES.map((name) => values.get(name) ?? '');
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

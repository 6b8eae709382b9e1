import type { Problem } from '../errors.ts';
import { findVariables } from './binary-log.ts';
import { parseConnectionUrl } from './connection-url.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { findServerTimeMs } from './server-time.ts';

const LARGEST_CLOCK_DIFFERENCE_MS = 2_000;
const SMALLEST_PACKET_BYTES = 16 * 1024 * 1024;
const SHORTEST_IDLE_S = 60;
const GOOD_IDLE_S = 3600;
/** What one copy of the program may open: its pool, and what reads the log. */
const CONNECTIONS_PER_COPY = 15;

/** Whether the server's clock and this machine's agree: 'how long ago' and lags are reckoned between the two. */
export async function checkClock(db: Queryable): Promise<Problem[]> {
  const askedAtMs = Date.now();
  const serverTimeMs = await findServerTimeMs(db);
  const aheadMs = serverTimeMs - Date.now();
  const behindMs = askedAtMs - serverTimeMs;
  const differenceMs = Math.max(aheadMs, behindMs);
  if (differenceMs <= LARGEST_CLOCK_DIFFERENCE_MS) return [];
  const seconds = (differenceMs / 1000).toFixed(1);
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  return [
    {
      code: 'clocks_differ',
      where: 'clock',
      message: `the server's clock is ${seconds} s ${direction} this machine's.`,
      fix: 'Set both by NTP (timedatectl set-ntp true); RDS keeps its own right.',
    },
  ];
}

/** Whether NOW() in other programs means what the panel takes a time without a zone for: UTC, winter and summer. */
export async function checkTimeZone(db: Queryable): Promise<Problem[]> {
  const local = (time: string) =>
    `TIMESTAMPDIFF(MINUTE, '${time}', CONVERT_TZ('${time}', '+00:00', @@global.time_zone))`;
  const [[row]] = await db.query<RowDataPacket[]>(
    `SELECT ${local('2026-01-15 12:00')} AS winter, ${local('2026-07-15 12:00')} AS summer,
            IF(@@global.time_zone = 'SYSTEM', @@global.system_time_zone, @@global.time_zone) AS zone`,
  );
  if (!row || (Number(row.winter) === 0 && Number(row.summer) === 0)) return [];
  return [
    {
      code: 'server_not_utc',
      where: 'time_zone',
      message: `is ${row.zone}: what other programs write with NOW() or CURRENT_TIMESTAMP into DATETIME columns is shown hours off.`,
      fix: "Set time_zone = '+00:00' on the server (on RDS: UTC, in the parameter group), or let them write UTC_TIMESTAMP().",
    },
  ];
}

/** Whether the server leaves connections that idle open for long enough. */
export async function checkIdleLimit(db: Queryable): Promise<Problem[]> {
  const { wait_timeout: seconds } = await findVariables(db, ['wait_timeout']);
  if (Number(seconds) >= SHORTEST_IDLE_S) return [];
  return [
    {
      code: 'idle_limit_short',
      where: 'wait_timeout',
      message: `is ${seconds}: connections that idle for so long are cut off. The panel asks for more on its own; other programs, and a proxy between, may not.`,
      fix: `Set wait_timeout = ${GOOD_IDLE_S} on the server (on RDS: in the parameter group).`,
    },
  ];
}

/** Whether a row as large as a form may send fits through a connection and into the log. */
export async function checkPacketSize(db: Queryable): Promise<Problem[]> {
  const { max_allowed_packet: bytes } = await findVariables(db, ['max_allowed_packet']);
  if (Number(bytes) >= SMALLEST_PACKET_BYTES) return [];
  return [
    {
      code: 'packets_too_small',
      where: 'max_allowed_packet',
      message: `is ${bytes}: long texts and large rows cannot be saved.`,
      fix: `Set max_allowed_packet = ${SMALLEST_PACKET_BYTES} on the server (on RDS: in the parameter group).`,
    },
  ];
}

/** Whether the server has room for one more copy of the program. */
export async function checkConnections(db: Queryable): Promise<Problem[]> {
  const { max_connections: most } = await findVariables(db, ['max_connections']);
  const [[row]] = await db.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Threads\\_connected'");
  const free = Number(most) - Number(row?.Value);
  if (free >= CONNECTIONS_PER_COPY) return [];
  return [
    {
      code: 'connections_short',
      where: 'max_connections',
      message: `is ${most}, and ${row?.Value} are in use; a copy of the program may open ${CONNECTIONS_PER_COPY}.`,
      fix: "Raise the server's max_connections (on RDS: in the parameter group, or a larger instance).",
    },
  ];
}

/** Whether the way to the server is encrypted, or needs not be. */
export async function checkEncryption(db: Queryable, url: string): Promise<Problem[]> {
  const { host = '', socketPath } = parseConnectionUrl(url);
  const isLocal = socketPath !== undefined || /^(localhost|127\.|::1$)/.test(host);
  const [[row]] = await db.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Ssl\\_cipher'");
  if (isLocal || row?.Value) return [];
  return [
    {
      code: 'connection_not_encrypted',
      where: 'DATABASE_URL',
      message: `what goes to ${host} and back can be read on the way.`,
      fix: 'Add ?ssl=true to the address, or ?ssl=Amazon%20RDS on RDS.',
    },
  ];
}

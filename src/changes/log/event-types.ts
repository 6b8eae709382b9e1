/** What an event of the log is to the feed, see decode-event.ts. */
export type EventMeaning =
  | 'format'
  | 'rotate'
  | 'begin'
  | 'mariadb_begin'
  | 'statement'
  | 'load_statement'
  | 'commit'
  | 'xa_prepare'
  | 'table_map'
  | 'insert'
  | 'update'
  | 'delete'
  | 'partial_update'
  | 'payload'
  | 'heartbeat'
  | 'ignored'
  | 'lost';

export interface EventType {
  readonly name: string;
  readonly meaning: EventMeaning;
  /** Of 'ignored': why nothing is missed. */
  readonly reason?: string;
}

const told = (name: string, meaning: EventMeaning): EventType => ({ name, meaning });
const ignored = (name: string, reason: string): EventType => ({ name, meaning: 'ignored', reason });

const OF_THE_STATEMENT = 'Belongs to the statement that follows it, which is told or is a hole itself.';
const OF_LOAD_DATA = 'The lines that LOAD DATA read; its EXECUTE_LOAD_QUERY_EVENT is the hole.';
const OF_REPLICATION = 'Tells replicas of the order of transactions, nothing of their rows.';
const COMMENT = 'The text of the statement whose rows follow.';

/**
 * Every event type that MySQL 8.4 and 9 and MariaDB 10.11 and 11.8 can write, by its code (MySQL's
 * libs/mysql/binlog/event/binlog_event.h, MariaDB's sql/log_event.h). One that is not in here is a hole: it may have
 * changed anything.
 */
export const EVENT_TYPES: ReadonlyMap<number, EventType> = new Map([
  [2, told('QUERY_EVENT', 'statement')],
  [3, ignored('STOP_EVENT', 'The server stopped; another file follows.')],
  [4, told('ROTATE_EVENT', 'rotate')],
  [5, ignored('INTVAR_EVENT', OF_THE_STATEMENT)],
  [9, ignored('APPEND_BLOCK_EVENT', OF_LOAD_DATA)],
  [11, ignored('DELETE_FILE_EVENT', OF_LOAD_DATA)],
  [13, ignored('RAND_EVENT', OF_THE_STATEMENT)],
  [14, ignored('USER_VAR_EVENT', OF_THE_STATEMENT)],
  [15, told('FORMAT_DESCRIPTION_EVENT', 'format')],
  [16, told('XID_EVENT', 'commit')],
  [17, ignored('BEGIN_LOAD_QUERY_EVENT', OF_LOAD_DATA)],
  [18, told('EXECUTE_LOAD_QUERY_EVENT', 'load_statement')],
  [19, told('TABLE_MAP_EVENT', 'table_map')],
  [23, told('WRITE_ROWS_EVENT_V1', 'insert')],
  [24, told('UPDATE_ROWS_EVENT_V1', 'update')],
  [25, told('DELETE_ROWS_EVENT_V1', 'delete')],
  [26, told('INCIDENT_EVENT', 'lost')],
  [27, told('HEARTBEAT_LOG_EVENT', 'heartbeat')],
  [28, ignored('IGNORABLE_LOG_EVENT', 'Marked by the server as one that readers may pass over.')],
  [29, ignored('ROWS_QUERY_LOG_EVENT', COMMENT)],
  [30, told('WRITE_ROWS_EVENT', 'insert')],
  [31, told('UPDATE_ROWS_EVENT', 'update')],
  [32, told('DELETE_ROWS_EVENT', 'delete')],
  [33, told('GTID_LOG_EVENT', 'begin')],
  [34, told('ANONYMOUS_GTID_LOG_EVENT', 'begin')],
  [35, ignored('PREVIOUS_GTIDS_LOG_EVENT', OF_REPLICATION)],
  [36, ignored('TRANSACTION_CONTEXT_EVENT', OF_REPLICATION)],
  [37, ignored('VIEW_CHANGE_EVENT', OF_REPLICATION)],
  [38, told('XA_PREPARE_LOG_EVENT', 'xa_prepare')],
  [39, told('PARTIAL_UPDATE_ROWS_EVENT', 'partial_update')],
  [40, told('TRANSACTION_PAYLOAD_EVENT', 'payload')],
  [41, told('HEARTBEAT_LOG_EVENT_V2', 'heartbeat')],
  [42, told('GTID_TAGGED_LOG_EVENT', 'begin')],
  [160, ignored('ANNOTATE_ROWS_EVENT', COMMENT)],
  [161, ignored('BINLOG_CHECKPOINT_EVENT', 'Tells which files a crashed server would read again.')],
  [162, told('GTID_EVENT', 'mariadb_begin')],
  [163, ignored('GTID_LIST_EVENT', OF_REPLICATION)],
  [164, ignored('START_ENCRYPTION_EVENT', 'The server decrypts what it sends.')],
  [165, told('QUERY_COMPRESSED_EVENT', 'statement')],
  [166, told('WRITE_ROWS_COMPRESSED_EVENT_V1', 'insert')],
  [167, told('UPDATE_ROWS_COMPRESSED_EVENT_V1', 'update')],
  [168, told('DELETE_ROWS_COMPRESSED_EVENT_V1', 'delete')],
  [169, told('WRITE_ROWS_COMPRESSED_EVENT', 'insert')],
  [170, told('UPDATE_ROWS_COMPRESSED_EVENT', 'update')],
  [171, told('DELETE_ROWS_COMPRESSED_EVENT', 'delete')],
]);

/** Whether the event's contents are compressed one by one (MariaDB's `log_bin_compress`). */
export function isCompressedType(code: number): boolean {
  return code >= 165 && code <= 171;
}

/** Whether a rows event has a field of extra data behind its flags. */
export function isSecondVersion(code: number): boolean {
  return (code >= 30 && code <= 39) || (code >= 169 && code <= 171);
}

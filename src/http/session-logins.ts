import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { JsonValue } from '../database/column-value.ts';
import type { Pool, RowDataPacket } from '../database/pool.ts';

const SESSIONS = 'panel_sessions';
const ACCOUNTS = 'panel_accounts';

/** What lets somebody listen to live changes. */
export interface SessionLogin {
  /** The session's id. */
  readonly key: string;
  readonly viewer: {
    readonly accountId: number;
    readonly name: string;
    readonly role: string;
    readonly tables: null;
  };
  /** When the session ends unless a request puts that off; in ms since 1970. */
  readonly expiresAtMs: number;
  /** What it is after a transaction: null where that ended it. */
  after(transaction: ChangedRows): SessionLogin | null;
}

type Row = Readonly<Record<string, JsonValue>>;

export interface ChangedRows {
  readonly changes: readonly {
    readonly table: string;
    readonly before: Row | null;
    readonly after: Row | null;
  }[];
}

/** Tells who is signed in by a session, and what ends that. */
export interface SessionLogins {
  readonly tables: readonly string[];
  /** By the cookie of a request that asks to become a socket; null: nobody, or what let him in is no more. */
  authenticate(request: IncomingMessage): Promise<SessionLogin | null>;
  /** Those that still hold, by key, as their rows are now; one query. */
  findCurrent(logins: readonly Pick<SessionLogin, 'key'>[]): Promise<ReadonlyMap<string, SessionLogin>>;
}

export function createSessionLogins(pool: Pool, sessionMiddleware: RequestHandler): SessionLogins {
  const findCurrent: SessionLogins['findCurrent'] = (logins) =>
    findLogins(
      pool,
      logins.map(({ key }) => key),
    );
  return {
    tables: [SESSIONS, ACCOUNTS],
    authenticate: async (upgrade) => {
      const request = upgrade as Request;
      // Never answered with, so nothing of the session is stored or put off.
      const response = new ServerResponse(upgrade) as Response;
      await new Promise<void>((resolve, reject) => {
        sessionMiddleware(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
      });
      if (request.session.accountId === undefined) return null;
      return (await findLogins(pool, [request.sessionID])).get(request.sessionID) ?? null;
    },
    findCurrent,
  };
}

async function findLogins(pool: Pool, ids: readonly string[]): Promise<Map<string, SessionLogin>> {
  if (ids.length === 0) return new Map();
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT s.session_id AS sessionId, s.expires, a.id AS accountId, a.name, a.role, a.credentials_version AS version
     FROM panel_sessions s
     JOIN panel_accounts a
       ON a.id = CAST(JSON_EXTRACT(s.data, '$.accountId') AS UNSIGNED)
      AND a.credentials_version = CAST(JSON_EXTRACT(s.data, '$.credentialsVersion') AS UNSIGNED)
     WHERE s.session_id IN (?) AND s.expires > ? AND a.active`,
    [ids, Math.floor(Date.now() / 1000)],
  );
  return new Map(
    rows.map(({ sessionId, expires, accountId, name, role, version }) => [
      sessionId,
      createLogin(sessionId, { accountId, name, role, tables: null }, version, Number(expires) * 1000),
    ]),
  );
}

function createLogin(
  key: string,
  viewer: SessionLogin['viewer'],
  credentialsVersion: number,
  expiresAtMs: number,
): SessionLogin {
  return {
    key,
    viewer,
    expiresAtMs,
    after: ({ changes }) => {
      let endsAtMs = expiresAtMs;
      for (const { table, before, after } of changes) {
        const row = before ?? after;
        if (table === ACCOUNTS && row?.id === viewer.accountId) {
          // An older version is of a change that the login was read after.
          if (after === null || Number(after.credentials_version) > credentialsVersion) return null;
        } else if (table === SESSIONS && row?.session_id === key) {
          if (after === null || readAccountId(after.data) !== viewer.accountId) return null;
          endsAtMs = Number(after.expires) * 1000;
        }
      }
      return createLogin(key, viewer, credentialsVersion, endsAtMs);
    },
  };
}

function readAccountId(data: JsonValue | undefined): unknown {
  try {
    return JSON.parse(String(data))?.accountId;
  } catch {
    return undefined;
  }
}

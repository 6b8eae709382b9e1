import type { IncomingMessage } from 'node:http';
import type { Pool } from '../database/pool.ts';
import type { WallboardConfig } from '../resources/define-dashboard.ts';
import type { DisplayCookie } from './display-cookie.ts';
import {
  DISPLAYS_TABLE,
  type Display,
  findDisplayByToken,
  findDisplaysByIds,
  noteDisplaySeen,
} from './displays.ts';
import type { ChangedRows } from './session-logins.ts';

/** What lets a display listen to live changes: its link, until that is revoked. */
export interface DisplayLogin {
  readonly key: string;
  readonly viewer: {
    readonly accountId: null;
    readonly name: string;
    readonly role: 'supervisor';
    /** Nothing but these columns of these tables is told. */
    readonly tables: WallboardConfig['tables'];
  };
  readonly expiresAtMs: null;
  /** What it is after a transaction: null where that ended it. */
  after(transaction: ChangedRows): DisplayLogin | null;
}

/** Tells which display is looking, and what ends that. */
export interface DisplayLogins {
  readonly tables: readonly string[];
  /** By the cookie of a request; null: none, or a link that was revoked. */
  authenticate(request: IncomingMessage): Promise<DisplayLogin | null>;
  /** Those that still hold, by key, as their rows are now; one query. */
  findCurrent(logins: readonly Pick<DisplayLogin, 'key'>[]): Promise<ReadonlyMap<string, DisplayLogin>>;
}

const KEY_PREFIX = 'display ';

export function createDisplayLogins(
  pool: Pool,
  cookie: DisplayCookie,
  { tables }: WallboardConfig,
): DisplayLogins {
  const createLogin = ({ id, name }: Display): DisplayLogin => {
    const login: DisplayLogin = {
      key: KEY_PREFIX + id,
      viewer: { accountId: null, name, role: 'supervisor', tables },
      expiresAtMs: null,
      after: (transaction) => (isRevokedBy(transaction, id) ? null : login),
    };
    return login;
  };
  return {
    tables: [DISPLAYS_TABLE],
    authenticate: async (request) => {
      const token = cookie.read(request);
      const display = token === null ? null : await findDisplayByToken(pool, token);
      if (!display || display.isRevoked) return null;
      await noteDisplaySeen(pool, display);
      return createLogin(display);
    },
    findCurrent: async (logins) => {
      const ids = logins.map(({ key }) => Number(key.slice(KEY_PREFIX.length)));
      const displays = (await findDisplaysByIds(pool, ids)).filter(({ isRevoked }) => !isRevoked);
      return new Map(displays.map((display) => [KEY_PREFIX + display.id, createLogin(display)]));
    },
  };
}

function isRevokedBy({ changes }: ChangedRows, id: number): boolean {
  return changes.some(
    ({ table, before, after }) =>
      table === DISPLAYS_TABLE &&
      (before ?? after)?.id === id &&
      (after === null || after.id !== id || after.revoked_at !== null),
  );
}

import type { RequestHandler } from 'express';
import createStoreClass from 'express-mysql-session';
import session from 'express-session';
import { retryWhileBusy } from '../database/busy.ts';
import type { Pool } from '../database/pool.ts';

declare module 'express-session' {
  interface SessionData {
    /** Who signed in; absent before. All that a session keeps. */
    accountId?: number;
    /** Read afresh from the account's row for every request, and never stored; @adminjs/express looks for it here. */
    adminUser?: SignedInAccount;
  }
}

/** What the panel knows of the person at work. AdminJS prints it into its pages. */
export interface SignedInAccount {
  readonly id: number;
  readonly name: string;
  readonly role: string;
}

const IDLE_LIMIT_MS = 12 * 60 * 60 * 1000;
const TOUCH_INTERVAL_MS = 5 * 60 * 1000;
const MAX_REMEMBERED_TOUCHES = 10_000;

export interface Sessions {
  /** Gives a request its `session`, of which nothing is stored before somebody signs in. */
  readonly middleware: RequestHandler;
  readonly cookieName: string;
  /** Deletes the sessions that ended. */
  deleteExpired(): Promise<void>;
}

/**
 * Keeps sessions in `panel_sessions`; one ends after 12 hours without a request. The cookie ends with the browser.
 * `secrets` sign it, newest first; `secure`: browsers come over https.
 */
export function createSessions(pool: Pool, secrets: readonly string[], secure: boolean): Sessions {
  const store = new SessionStore(
    {
      createDatabaseTable: false,
      clearExpired: false,
      endConnectionOnClose: false,
      expiration: IDLE_LIMIT_MS,
      schema: { tableName: 'panel_sessions' },
    },
    pool.pool,
  );
  // The prefix makes browsers refuse a cookie that a sibling domain or plain http has set.
  const cookieName = secure ? '__Host-gorak_session' : 'gorak_session';
  const middleware = session({
    name: cookieName,
    secret: [...secrets],
    store,
    resave: false,
    saveUninitialized: false,
    proxy: secure,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  });
  return { middleware, cookieName, deleteExpired: () => store.clearExpiredSessions() };
}

const MySqlStore = createStoreClass(session);

/**
 * The library's store, with a request's sign of life written every five minutes instead of every time, and where a
 * session that was signed out stays so, whatever a request under way still saves.
 */
class SessionStore extends MySqlStore {
  private readonly touchedAtMs = new Map<string, number>();
  private readonly stored = new WeakSet<session.SessionData>();

  override createSession(...found: Parameters<session.Store['createSession']>) {
    const created = super.createSession(...found);
    this.stored.add(created);
    return created;
  }

  // express-session saves a new session once more while its answer ends, when its owner may have signed out already.
  override set(id: string, data: session.SessionData, done?: (error: unknown) => void): Promise<void> {
    const saved = this.stored.has(data) ? this.update(id, data) : super.set(id, data);
    this.stored.add(data);
    return done ? saved.then(() => done(null), done) : saved;
  }

  override touch(id: string, data: session.SessionData, done?: (error: unknown) => void): Promise<void> {
    const touched = this.isTouchDue(id) ? super.touch(id, data) : Promise.resolve();
    return done ? touched.then(() => done(null), done) : touched;
  }

  override query(...statement: Parameters<InstanceType<typeof MySqlStore>['query']>) {
    return retryWhileBusy(() => super.query(...statement));
  }

  private update(id: string, data: session.SessionData): Promise<void> {
    return this.query('UPDATE panel_sessions SET data = ? WHERE session_id = ?', [JSON.stringify(data), id]);
  }

  private isTouchDue(id: string): boolean {
    const nowMs = Date.now();
    if (nowMs - (this.touchedAtMs.get(id) ?? 0) < TOUCH_INTERVAL_MS) return false;
    if (this.touchedAtMs.size >= MAX_REMEMBERED_TOUCHES) this.touchedAtMs.clear();
    this.touchedAtMs.set(id, nowMs);
    return true;
  }
}

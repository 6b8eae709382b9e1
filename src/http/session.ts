import type { RequestHandler } from 'express';
import createStoreClass from 'express-mysql-session';
import session from 'express-session';
import { retryWhileBusy } from '../database/busy.ts';
import type { Pool } from '../database/pool.ts';
import type { Account } from './accounts.ts';
import { describeCookie, type SiteAddress } from './site-address.ts';

declare module 'express-session' {
  interface SessionData {
    /** Who signed in; absent before. */
    accountId?: number;
    /** What let him in: {@link Account.credentialsVersion} of that moment. */
    credentialsVersion?: number;
    /** In ms since 1970. */
    signedInAtMs?: number;
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

const IDLE_LIMIT_HOURS = 12;
const LIFETIME_DAYS = 7;
/** What somebody is told whose session has ended. */
export const SIGNED_OUT =
  `You are signed out. A session ends after ${IDLE_LIMIT_HOURS} hours without use, ${LIFETIME_DAYS} days after ` +
  'signing in, and when the password or the rights of its account change. Please sign in again.';
const IDLE_LIMIT_MS = IDLE_LIMIT_HOURS * 60 * 60 * 1000;
const LIFETIME_MS = LIFETIME_DAYS * 24 * 60 * 60 * 1000;
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
 * Keeps sessions in `panel_sessions`; one ends after 12 hours without a request, and 7 days after its sign-in whatever
 * is asked. The cookie ends with the browser. `secrets` sign it, newest first.
 */
export function createSessions(pool: Pool, secrets: readonly string[], site: SiteAddress): Sessions {
  const store = new SessionStore(
    {
      createDatabaseTable: false,
      clearExpired: false,
      endConnectionOnClose: false,
      schema: { tableName: 'panel_sessions' },
    },
    pool.pool,
  );
  const { name: cookieName, options: cookie } = describeCookie(site, 'gorak_session');
  const middleware = session({
    name: cookieName,
    secret: [...secrets],
    store,
    resave: false,
    saveUninitialized: false,
    proxy: site.secure,
    cookie,
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
    const saved = this.stored.has(data) ? this.update(id, data) : this.insert(id, data);
    this.stored.add(data);
    return done ? saved.then(() => done(null), done) : saved;
  }

  override touch(id: string, data: session.SessionData, done?: (error: unknown) => void): Promise<void> {
    const touched = this.isTouchDue(id) ? this.putOff(id, data) : Promise.resolve();
    return done ? touched.then(() => done(null), done) : touched;
  }

  override query(...statement: Parameters<InstanceType<typeof MySqlStore>['query']>) {
    return retryWhileBusy(() => super.query(...statement));
  }

  private insert(id: string, data: session.SessionData): Promise<void> {
    return this.query('INSERT INTO panel_sessions (session_id, expires, data) VALUES (?)', [
      [id, findExpiryS(data), JSON.stringify(data)],
    ]);
  }

  private putOff(id: string, data: session.SessionData): Promise<void> {
    return this.query('UPDATE panel_sessions SET expires = ? WHERE session_id = ?', [findExpiryS(data), id]);
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

/** When a session that is used now ends unless it is used again, in s since 1970. */
function findExpiryS({ signedInAtMs = 0 }: session.SessionData): number {
  return Math.floor(Math.min(Date.now() + IDLE_LIMIT_MS, signedInAtMs + LIFETIME_MS) / 1000);
}

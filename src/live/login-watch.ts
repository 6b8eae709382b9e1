import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Transaction } from '../changes/transaction.ts';
import type { Login, LoginSource } from './logins.ts';
import type { Member } from './member.ts';

/** How long a login may take to be read; what came meanwhile is applied to it afterwards. */
export const AUTHENTICATION_LIMIT_MS = 10_000;
/** A commit may be in the log this long before its rows can be read. */
const MAX_COMMIT_DELAY_MS = 5_000;
const RECHECK_INTERVAL_MS = 15_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface LoginWatchParts {
  readonly feed: ChangeFeed;
  readonly sources: readonly LoginSource[];
  readonly members: ReadonlySet<Member>;
  /** Closes the socket of a login that has ended. */
  end(member: Member): void;
  onError(error: unknown): void;
  readonly recheckIntervalMs?: number;
}

/** Ends sockets with what let them in: when it is deleted or changed in the database, and when its time is over. */
export class LoginWatch {
  private readonly parts: LoginWatchParts;
  private readonly expiries = new Map<Member, NodeJS.Timeout>();
  private readonly recheckTimer: NodeJS.Timeout;
  private recent: { transaction: Transaction; atMs: number }[] = [];

  constructor(parts: LoginWatchParts) {
    this.parts = parts;
    const intervalMs = parts.recheckIntervalMs ?? RECHECK_INTERVAL_MS;
    this.recheckTimer = setInterval(() => {
      if (parts.feed.status.mode === 'panel-only') this.recheck().catch(parts.onError);
    }, intervalMs).unref();
  }

  /** To be called before a transaction is told to anybody. */
  take(transaction: Transaction): void {
    const sources = this.parts.sources.filter((source) => touches(transaction, source));
    if (sources.length === 0) return;
    const atMs = Date.now();
    const oldestMs = atMs - AUTHENTICATION_LIMIT_MS - MAX_COMMIT_DELAY_MS;
    this.recent = [...this.recent.filter((entry) => entry.atMs >= oldestMs), { transaction, atMs }];
    for (const member of this.parts.members)
      if (sources.includes(member.source))
        this.replace(member, follow(member.login, member.source, transaction));
  }

  /** What a login that was read from `startedAtMs` on is by now; null: it ended meanwhile. */
  settle(login: Login, source: LoginSource, startedAtMs: number): Login | null {
    if (Date.now() - startedAtMs > AUTHENTICATION_LIMIT_MS) return null;
    let settled: Login | null = login;
    for (const { transaction, atMs } of this.recent)
      if (settled && atMs >= startedAtMs - MAX_COMMIT_DELAY_MS)
        settled = follow(settled, source, transaction);
    return settled;
  }

  begin(member: Member): void {
    const { expiresAtMs } = member.login;
    if (expiresAtMs === null) return;
    const delayMs = Math.min(Math.max(0, expiresAtMs - Date.now()), MAX_TIMER_MS);
    const timer = setTimeout(() => {
      if (Date.now() >= expiresAtMs) this.parts.end(member);
      else this.begin(member);
    }, delayMs);
    this.expiries.set(member, timer.unref());
  }

  forget(member: Member): void {
    clearTimeout(this.expiries.get(member));
    this.expiries.delete(member);
  }

  stop(): void {
    clearInterval(this.recheckTimer);
    for (const timer of this.expiries.values()) clearTimeout(timer);
    this.expiries.clear();
  }

  private async recheck(): Promise<void> {
    for (const source of this.parts.sources) {
      const members = [...this.parts.members].filter((member) => member.source === source);
      if (members.length === 0) continue;
      const current = await source.findCurrent(members.map(({ login }) => login));
      for (const member of members) {
        const login = current.get(member.login.key);
        const isSame = login?.viewer.role === member.login.viewer.role;
        this.replace(member, login && isSame ? login : null);
      }
    }
  }

  private replace(member: Member, login: Login | null): void {
    const hasEnded = login === null || (login.expiresAtMs !== null && login.expiresAtMs <= Date.now());
    if (hasEnded) return void this.parts.end(member);
    const isMoved = login.expiresAtMs !== member.login.expiresAtMs;
    member.login = login;
    if (!isMoved) return;
    this.forget(member);
    this.begin(member);
  }
}

function touches({ changes, dirty }: Transaction, { tables }: LoginSource): boolean {
  return (
    changes.some(({ table }) => tables.includes(table)) || dirty.some(({ table }) => tables.includes(table))
  );
}

/** Where a table of logins changed in a way that is not told, each has to be shown anew. */
function follow(login: Login, source: LoginSource, transaction: Transaction): Login | null {
  if (transaction.dirty.some(({ table }) => source.tables.includes(table))) return null;
  return login.after(transaction);
}

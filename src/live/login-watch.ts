import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Transaction } from '../changes/transaction.ts';
import { LoginRereading, MAX_COMMIT_DELAY_MS } from './login-rereading.ts';
import type { Login, LoginSource } from './logins.ts';
import type { Member } from './member.ts';
import { sightKey } from './visibility.ts';

/** How long a login may take to be read; what came meanwhile is applied to it afterwards. */
export const AUTHENTICATION_LIMIT_MS = 10_000;
const RECHECK_INTERVAL_MS = 15_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface LoginWatchParts {
  readonly feed: ChangeFeed;
  readonly sources: readonly LoginSource[];
  readonly members: ReadonlySet<Member>;
  /** Closes the socket of a login that has ended. */
  end(member: Member): void;
  /** Keeps transactions back from every socket, and lets them go on. */
  hold(holder: unknown): void;
  release(holder: unknown): void;
  onError(error: unknown): void;
  readonly recheckIntervalMs?: number;
}

/**
 * Ends sockets with what let them in: when it is deleted or changed in the database, before they are told anything more,
 * and when its time is over. Where the log does not tell what became of a login it is read again; see
 * {@link LoginRereading}.
 */
export class LoginWatch {
  private readonly parts: LoginWatchParts;
  private readonly expiries = new Map<Member, NodeJS.Timeout>();
  private readonly rereadings: ReadonlyMap<LoginSource, LoginRereading>;
  private readonly recheckTimer: NodeJS.Timeout;
  private recent: { transaction: Transaction; atMs: number }[] = [];

  constructor(parts: LoginWatchParts) {
    this.parts = parts;
    this.rereadings = new Map(parts.sources.map((source) => [source, this.createRereading(source)]));
    const intervalMs = parts.recheckIntervalMs ?? RECHECK_INTERVAL_MS;
    this.recheckTimer = setInterval(() => {
      if (parts.feed.status.mode === 'panel-only') this.readAll().catch(parts.onError);
    }, intervalMs).unref();
  }

  /** To be called before a transaction is told to anybody. */
  take(transaction: Transaction): void {
    const { changes, dirty } = transaction;
    const sources = this.parts.sources.filter(({ tables }) => isIn(changes, tables));
    if (sources.length > 0) this.follow(transaction, sources);
    for (const [source, rereading] of this.rereadings) if (isIn(dirty, source.tables)) rereading.noteHole();
  }

  /** What a login that was read from `startedAtMs` on is by now; null: it ended meanwhile. */
  settle(login: Login, startedAtMs: number): Login | null {
    if (Date.now() - startedAtMs > AUTHENTICATION_LIMIT_MS) return null;
    return this.bringUpToDate(login, startedAtMs);
  }

  /** To be called with each new member, whose login was read from `startedAtMs` on. */
  begin(member: Member, startedAtMs: number): void {
    this.rereadings.get(member.source)?.cover(startedAtMs);
    this.endInTime(member);
  }

  forget(member: Member): void {
    clearTimeout(this.expiries.get(member));
    this.expiries.delete(member);
  }

  stop(): void {
    clearInterval(this.recheckTimer);
    for (const rereading of this.rereadings.values()) rereading.stop();
    for (const timer of this.expiries.values()) clearTimeout(timer);
    this.expiries.clear();
  }

  private createRereading(source: LoginSource): LoginRereading {
    const { hold, release, onError } = this.parts;
    return new LoginRereading({
      read: (startedAtMs) => this.read(source, startedAtMs),
      hold: () => hold(source),
      release: () => release(source),
      onError,
    });
  }

  private follow(transaction: Transaction, sources: readonly LoginSource[]): void {
    const atMs = Date.now();
    const oldestMs = atMs - AUTHENTICATION_LIMIT_MS - MAX_COMMIT_DELAY_MS;
    this.recent = [...this.recent.filter((entry) => entry.atMs >= oldestMs), { transaction, atMs }];
    for (const member of this.parts.members)
      if (sources.includes(member.source)) this.replace(member, member.login.after(transaction));
  }

  private bringUpToDate(login: Login, startedAtMs: number): Login | null {
    let current: Login | null = login;
    for (const { transaction, atMs } of this.recent)
      if (current && atMs >= startedAtMs - MAX_COMMIT_DELAY_MS) current = current.after(transaction);
    return current;
  }

  private async readAll(): Promise<void> {
    const startedAtMs = Date.now();
    for (const source of this.parts.sources) await this.read(source, startedAtMs);
  }

  /** Reads the logins of a source, and ends those that do not hold any more. */
  private async read(source: LoginSource, startedAtMs: number): Promise<void> {
    const members = [...this.parts.members].filter((member) => member.source === source);
    if (members.length === 0) return;
    const logins = new Map(members.map(({ login }) => [login.key, login]));
    const current = await source.findCurrent([...logins.values()]);
    if (Date.now() - startedAtMs > AUTHENTICATION_LIMIT_MS)
      throw new Error('The logins were read too slowly.');
    for (const member of members) {
      if (!this.parts.members.has(member)) continue;
      const login = current.get(member.login.key);
      const isSame = login && sightKey(login.viewer) === sightKey(member.login.viewer);
      const isOwn = isSame && login.viewer.accountId === member.login.viewer.accountId;
      this.replace(member, isOwn ? this.bringUpToDate(login, startedAtMs) : null);
    }
  }

  private endInTime(member: Member): void {
    const { expiresAtMs } = member.login;
    if (expiresAtMs === null) return;
    const delayMs = Math.min(Math.max(0, expiresAtMs - Date.now()), MAX_TIMER_MS);
    const timer = setTimeout(() => {
      if (Date.now() < expiresAtMs) this.endInTime(member);
      // Its end may have been put off untold: the reading under way tells.
      else if (!this.rereadings.get(member.source)?.isUnderWay) this.parts.end(member);
    }, delayMs);
    this.expiries.set(member, timer.unref());
  }

  private replace(member: Member, login: Login | null): void {
    const hasEnded = login === null || (login.expiresAtMs !== null && login.expiresAtMs <= Date.now());
    if (hasEnded) return void this.parts.end(member);
    const isMoved = login.expiresAtMs !== member.login.expiresAtMs;
    member.login = login;
    if (!isMoved) return;
    this.forget(member);
    this.endInTime(member);
  }
}

function isIn(rows: readonly { readonly table: string }[], tables: readonly string[]): boolean {
  return rows.some(({ table }) => tables.includes(table));
}

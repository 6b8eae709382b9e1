/** A commit may be in the log this long before its rows can be read. */
export const MAX_COMMIT_DELAY_MS = 5_000;
const INTERVAL_MS = 1_000;
const HOLD_LIMIT_MS = 1_000;
const TRUST_LIMIT_MS = 10_000;
/** Of one reading: the connection may be dead. */
const READING_LIMIT_MS = 10_000;

export interface LoginRereadingParts {
  /** Reads all logins of the source, and ends what has ended; rejects where they cannot be read. */
  read(startedAtMs: number): Promise<void>;
  /** Keeps transactions back from every socket. */
  hold(): void;
  release(): void;
  onError(error: unknown): void;
}

/**
 * Reads logins again after their table changed in a way that the log does not tell: any of them may have ended, and
 * most have not. So nobody is disconnected unread, and nobody who has ended is told for long:
 *
 * - The first such hole is read at once, and nothing is told to anybody until that is back, or for a second.
 * - While holes go on, all logins are read once a second, and the sockets are told meanwhile: a login that has ended is
 *   told for a second at most.
 * - One and five seconds after the last hole they are read again, as rows may become readable only after the log has
 *   told of them.
 * - Where no reading succeeds for ten seconds, transactions are kept back until one does.
 */
export class LoginRereading {
  private readonly parts: LoginRereadingParts;
  private readonly limits: NodeJS.Timeout[] = [];
  private holeAtMs = Number.NEGATIVE_INFINITY;
  private startedAtMs = Number.NEGATIVE_INFINITY;
  /** Since when a hole is unread; null: none is. */
  private unreadSinceMs: number | null = null;
  private isReading = false;
  private isWanted = false;
  private isStopped = false;
  private next: NodeJS.Timeout | null = null;

  constructor(parts: LoginRereadingParts) {
    this.parts = parts;
  }

  /** Whether logins are being read, or are to be. */
  get isUnderWay(): boolean {
    return this.isReading || this.next !== null;
  }

  /** The logins' table has a hole. */
  noteHole(): void {
    this.holeAtMs = Date.now();
    this.doubt();
    if (!this.readSoon()) return;
    this.parts.hold();
    this.limits.push(setTimeout(this.parts.release, HOLD_LIMIT_MS).unref());
  }

  /** Has a login that was read from `startedAtMs` on, and has just joined the others, read with them if a hole may concern it. */
  cover(startedAtMs: number): void {
    if (this.holeAtMs < startedAtMs - MAX_COMMIT_DELAY_MS) return;
    this.isWanted = true;
    this.readSoon();
  }

  stop(): void {
    this.isStopped = true;
    if (this.next) clearTimeout(this.next);
    this.trust();
  }

  /** Whether a reading has begun; one that is under way is followed by another one. */
  private readSoon(): boolean {
    if (this.isReading) return false;
    const dueAtMs = this.startedAtMs + INTERVAL_MS;
    if (Date.now() < dueAtMs) this.schedule(dueAtMs);
    else void this.run();
    return this.isReading;
  }

  private schedule(atMs: number): void {
    if (this.next) clearTimeout(this.next);
    this.next = setTimeout(() => void this.run(), atMs - Date.now()).unref();
  }

  private async run(): Promise<void> {
    if (this.next) clearTimeout(this.next);
    this.next = null;
    this.isReading = true;
    this.isWanted = false;
    this.startedAtMs = Date.now();
    const isRead = await this.read(this.startedAtMs);
    this.isReading = false;
    if (this.isStopped) return;
    const soonAtMs = this.startedAtMs + INTERVAL_MS;
    const isSoon = !isRead || this.isWanted || this.startedAtMs < this.holeAtMs + INTERVAL_MS;
    if (isSoon) this.schedule(soonAtMs);
    else if (this.startedAtMs < this.holeAtMs + MAX_COMMIT_DELAY_MS)
      this.schedule(this.holeAtMs + MAX_COMMIT_DELAY_MS);
  }

  /** Whether the logins could be read. */
  private async read(startedAtMs: number): Promise<boolean> {
    try {
      await withinLimit(this.parts.read(startedAtMs));
    } catch (error) {
      this.parts.onError(error);
      return false;
    }
    if (this.unreadSinceMs !== null && this.unreadSinceMs <= startedAtMs) this.trust();
    if (this.holeAtMs > startedAtMs) this.doubt();
    return true;
  }

  private doubt(): void {
    if (this.unreadSinceMs !== null) return;
    this.unreadSinceMs = Date.now();
    this.limits.push(setTimeout(this.parts.hold, TRUST_LIMIT_MS).unref());
  }

  private trust(): void {
    this.unreadSinceMs = null;
    for (const turn of this.limits.splice(0)) clearTimeout(turn);
    this.parts.release();
  }
}

async function withinLimit(reading: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error('The logins could not be read in time.');
    timer = setTimeout(() => reject(error), READING_LIMIT_MS).unref();
  });
  await Promise.race([reading, late]).finally(() => clearTimeout(timer));
}

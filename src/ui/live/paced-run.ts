import { jitter } from './connect-live.ts';

export interface Pace {
  /** How long is waited for more to happen; it differs by half from page to page. */
  readonly afterMs: number;
  /** How long lies between the beginnings of two runs at least. */
  readonly everyMs: number;
  /** How long after the last time that it was asked for it is asked for once more. */
  readonly againAfterMs?: number;
}

/**
 * What was lost is read anew at once, and once a second while more is lost; then once more, as the log may tell of a
 * commit before its rows can be read.
 */
export const RESYNC_PACE: Pace = { afterMs: 0, everyMs: 1_000, againAfterMs: 1_500 };

/** One that takes longer, as its answer may never come, keeps the next one waiting no more. */
const RUN_LIMIT_MS = 10_000;

export interface PacedRunParts {
  run(): Promise<unknown>;
  /** Runs something after so long, or later where nobody looks; returns how to call it off. */
  later(run: () => void, delayMs: number): () => void;
}

/**
 * Runs something however often it is asked for, at the pace that is asked for and one after the other. What was asked
 * for while one was under way is run once more afterwards.
 */
export class PacedRun {
  private readonly parts: PacedRunParts;
  private startedAtMs = Number.NEGATIVE_INFINITY;
  private dueAtMs = Number.POSITIVE_INFINITY;
  private callOff: () => void = () => undefined;
  private callOffAgain: () => void = () => undefined;
  private underWay = 0;
  /** Asked for while one was under way. */
  private waiting: Pace | null = null;
  private isStopped = false;

  constructor(parts: PacedRunParts) {
    this.parts = parts;
  }

  ask(pace: Pace): void {
    if (this.isStopped) return;
    this.askAgain(pace);
    if (this.underWay > 0) {
      if (this.waiting === null || pace.everyMs < this.waiting.everyMs) this.waiting = pace;
      return;
    }
    const nowMs = performance.now();
    const atMs = Math.max(nowMs + jitter(pace.afterMs), this.startedAtMs + pace.everyMs);
    if (atMs >= this.dueAtMs) return;
    this.callOff();
    this.dueAtMs = atMs;
    this.callOff = this.parts.later(() => this.runNow(), atMs - nowMs);
  }

  /** Asks for the last run alone that a pace asks for. */
  askAgain({ afterMs, everyMs, againAfterMs }: Pace): void {
    if (this.isStopped || againAfterMs === undefined) return;
    this.callOffAgain();
    this.callOffAgain = this.parts.later(() => this.ask({ afterMs, everyMs }), againAfterMs);
  }

  /** Runs at once, in the place of what was asked for. */
  runNow(): void {
    this.callOff();
    this.dueAtMs = Number.POSITIVE_INFINITY;
    this.startedAtMs = performance.now();
    this.underWay += 1;
    void withinLimit(this.parts.run()).then(() => this.end());
  }

  stop(): void {
    this.isStopped = true;
    this.callOff();
    this.callOffAgain();
  }

  private end(): void {
    this.underWay -= 1;
    const { waiting } = this;
    if (this.underWay > 0 || waiting === null) return;
    this.waiting = null;
    const { afterMs, everyMs } = waiting;
    this.ask({ afterMs, everyMs });
  }
}

async function withinLimit(running: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, RUN_LIMIT_MS);
  });
  await Promise.race([running, limit]).catch(() => undefined);
  clearTimeout(timer);
}

import type { LiveTransaction } from '../../live/protocol.ts';
import type { TopicListener } from './live-connection.ts';
import type { TopicShare } from './topic-share.ts';

/** One listener's topics, whose parts of a transaction are put together again. */
export class Subscription {
  readonly shares: ReadonlyMap<string, TopicShare>;
  private readonly listener: TopicListener;
  private readonly parts = new Map<string, LiveTransaction>();
  private lossReason: string | null = null;
  private wasLive = false;
  private isEnded = false;

  constructor(topics: readonly string[], listener: TopicListener, since: string | null) {
    this.listener = listener;
    this.shares = new Map(withoutOverlaps(topics).map((topic) => [topic, this.createShare(since)]));
  }

  end(): void {
    this.isEnded = true;
  }

  /** Hands on what is whole; to be called after each message of the server. */
  settle(): void {
    if (this.isEnded) return;
    const reason = this.lossReason;
    this.lossReason = null;
    if (reason !== null) this.listener.onResync(reason);
    const isLive = [...this.shares.values()].every((share) => share.isLive);
    const isNew = isLive && !this.wasLive;
    this.wasLive = isLive;
    if (isLive) this.handOn();
    if (isNew && !this.isEnded) this.listener.onLive?.();
  }

  private handOn(): void {
    const whole = [...this.parts.values()].sort((a, b) => (a.cursor < b.cursor ? -1 : 1));
    this.parts.clear();
    for (const transaction of whole) if (!this.isEnded) this.listener.onTransaction(transaction);
  }

  private createShare(since: string | null): TopicShare {
    return {
      cursor: since,
      isLive: false,
      take: (part) => {
        const changes = [...(this.parts.get(part.cursor)?.changes ?? []), ...part.changes];
        this.parts.set(part.cursor, { ...part, changes });
      },
      lose: (reason) => {
        this.lossReason = reason;
        this.parts.clear();
      },
    };
  }
}

/** Leaves out topics whose changes another one of them has as well. */
function withoutOverlaps(topics: readonly string[]): readonly string[] {
  const all = new Set(topics);
  if (all.has('*')) return ['*'];
  return [...all].filter((topic) => !topic.includes(':') || !all.has(topic.slice(0, topic.indexOf(':'))));
}

import type { ChangeFeed, FeedStatus } from '../changes/change-feed.ts';
import type { StatusMessage } from './protocol.ts';

const INTERVAL_MS = 1_000;

/** Tells how the feed is whenever that changes, at most once a second. */
export class StatusTeller {
  private readonly tell: (message: StatusMessage) => void;
  private readonly stopListening: () => void;
  private timer: NodeJS.Timeout | null = null;
  private waiting: StatusMessage | null = null;
  private told: StatusMessage;

  constructor(feed: ChangeFeed, tell: (message: StatusMessage) => void) {
    this.tell = tell;
    this.told = toMessage(feed.status);
    this.stopListening = feed.onStatus((status) => this.take(toMessage(status)));
  }

  stop(): void {
    this.stopListening();
    if (this.timer) clearTimeout(this.timer);
  }

  private take(message: StatusMessage): void {
    this.waiting = message;
    if (this.timer === null) this.tellWaiting();
  }

  private tellWaiting(): void {
    this.timer = null;
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null || JSON.stringify(waiting) === JSON.stringify(this.told)) return;
    this.told = waiting;
    this.tell(waiting);
    this.timer = setTimeout(() => this.tellWaiting(), INTERVAL_MS).unref();
  }
}

export function toMessage({ mode, connected, lagMs, since }: FeedStatus): StatusMessage {
  return { mode, connected, lagMs, since };
}

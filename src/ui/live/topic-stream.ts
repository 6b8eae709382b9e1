import { type LiveTransaction, type SubscribeAnswer, topicsOf } from '../../live/protocol.ts';
import type { LiveTransport } from './live-transport.ts';
import type { TopicShare } from './topic-share.ts';

const PASSING_REFUSALS = new Set(['too_many_requests', 'unavailable']);

export interface TopicStreamParts {
  readonly topic: string;
  readonly transport: LiveTransport;
  readonly isConnected: boolean;
  /** Called when an answer was taken in. */
  readonly onAnswered: () => void;
}

/** One topic as the server tells it, shared by every subscription that holds it. */
export class TopicStream {
  private readonly parts: TopicStreamParts;
  private readonly shares = new Set<TopicShare>();
  private isConnected: boolean;
  private isSubscribed = false;
  /** The request under way. */
  private asked: object | null = null;
  /** What came while a request was under way, and may be its replay. */
  private heard: LiveTransaction[] = [];
  /** Up to where the topic has been told while it was subscribed. */
  private head = '';

  constructor(parts: TopicStreamParts) {
    this.parts = parts;
    this.isConnected = parts.isConnected;
  }

  get isUnused(): boolean {
    return this.shares.size === 0;
  }

  add(share: TopicShare): void {
    this.shares.add(share);
    const hasAll = share.cursor === null || share.cursor >= this.head;
    if (this.isSubscribed && hasAll) this.start(share, this.head);
    else this.ask();
  }

  remove(share: TopicShare): void {
    this.shares.delete(share);
  }

  connect(): void {
    this.disconnect();
    this.isConnected = true;
    this.ask();
  }

  disconnect(): void {
    this.isConnected = false;
    this.isSubscribed = false;
    this.asked = null;
    this.heard = [];
    for (const share of this.shares) share.isLive = false;
  }

  take(transaction: LiveTransaction): void {
    const changes = transaction.changes.filter((change) => topicsOf(change).includes(this.parts.topic));
    const part = { ...transaction, changes };
    if (this.asked && changes.length > 0) this.heard.push(part);
    if (!this.isSubscribed) return;
    if (part.cursor > this.head) this.head = part.cursor;
    for (const share of this.shares) if (share.isLive) this.give(share, part);
  }

  lose(reason: string): void {
    if (reason === 'log_lost') this.forgetCursors();
    for (const share of this.shares) if (share.isLive) share.lose(reason);
  }

  /** Those of another log say nothing of this one, and may be greater than all that come. */
  private forgetCursors(): void {
    this.head = '';
    for (const share of this.shares) if (share.cursor !== null) share.cursor = '';
  }

  private give(share: TopicShare, part: LiveTransaction): void {
    if (share.cursor !== null && part.cursor <= share.cursor) return;
    share.cursor = part.cursor;
    if (part.changes.length > 0) share.take(part);
  }

  private start(share: TopicShare, head: string): void {
    share.isLive = true;
    if (share.cursor === null || share.cursor < head) share.cursor = head;
  }

  private ask(): void {
    if (!this.isConnected || this.asked) return;
    const cursors = [...this.shares].flatMap(({ isLive, cursor }) =>
      isLive || cursor === null ? [] : cursor,
    );
    const since = cursors.sort()[0];
    const asked = {};
    this.asked = asked;
    this.heard = [];
    this.parts.transport.subscribe({ topic: this.parts.topic, since }, (answer) => {
      if (this.asked === asked) this.takeAnswer(answer, since);
    });
  }

  private takeAnswer(answer: SubscribeAnswer | null, since: string | undefined): void {
    const { heard } = this;
    this.asked = null;
    this.heard = [];
    if (answer?.ok) {
      this.isSubscribed = true;
      if (answer.cursor > this.head) this.head = answer.cursor;
      for (const share of this.shares) if (!share.isLive) this.settle(share, answer, since, heard);
      if ([...this.shares].some(({ isLive }) => !isLive)) this.ask();
      this.parts.onAnswered();
    } else if (answer === null || PASSING_REFUSALS.has(answer.code)) {
      this.parts.transport.later(() => this.ask());
    }
  }

  private settle(
    share: TopicShare,
    { cursor, mode }: SubscribeAnswer & { ok: true },
    since: string | undefined,
    heard: readonly LiveTransaction[],
  ): void {
    const known = share.cursor;
    const isCovered = known === null || known >= cursor || (since !== undefined && known >= since);
    if (!isCovered) return;
    if (mode === 'resync' && known !== null) {
      // Where the server knows the cursor no more, it may be one of another log, and greater than all that come.
      share.cursor = cursor;
      share.isLive = true;
      share.lose('behind');
      return;
    }
    if (mode === 'replayed' && known !== null) for (const part of inOrder(heard)) this.give(share, part);
    this.start(share, cursor);
  }
}

/** By cursor; of two with the same one, the later is the replayed one, which is whole. */
function inOrder(heard: readonly LiveTransaction[]): LiveTransaction[] {
  const byCursor = new Map(heard.map((part) => [part.cursor, part]));
  return [...byCursor.values()].sort((a, b) => (a.cursor < b.cursor ? -1 : 1));
}

import type { LiveTransaction, ResyncMessage } from '../../live/protocol.ts';
import type { TopicListener } from './live-connection.ts';
import type { LiveTransport } from './live-transport.ts';
import { Subscription } from './subscription.ts';
import { TopicStream } from './topic-stream.ts';

/** Every topic that something on the page listens to; counts who does, and takes each up again after a break. */
export class TopicStreams {
  private readonly transport: LiveTransport;
  private readonly streams = new Map<string, TopicStream>();
  private readonly subscriptions = new Set<Subscription>();
  private isConnected = false;

  constructor(transport: LiveTransport) {
    this.transport = transport;
  }

  connect(): void {
    this.isConnected = true;
    for (const stream of this.streams.values()) stream.connect();
  }

  disconnect(): void {
    this.isConnected = false;
    for (const stream of this.streams.values()) stream.disconnect();
    this.settle();
  }

  take(transaction: LiveTransaction): void {
    for (const stream of this.streams.values()) stream.take(transaction);
    this.settle();
  }

  takeResync({ topic, reason }: ResyncMessage): void {
    this.streams.get(topic)?.lose(reason);
    this.settle();
  }

  /** See {@link LiveConnection.subscribe}. */
  subscribe(topics: string | readonly string[], listener: TopicListener, since?: string): () => void {
    const subscription = new Subscription([topics].flat(), listener, since ?? null);
    this.subscriptions.add(subscription);
    for (const [topic, share] of subscription.shares) this.findOrOpen(topic).add(share);
    // Where the topics are told already; not before the caller has its answer.
    queueMicrotask(() => subscription.settle());
    return () => {
      subscription.end();
      if (!this.subscriptions.delete(subscription)) return;
      for (const [topic, share] of subscription.shares) {
        const stream = this.streams.get(topic);
        stream?.remove(share);
        if (stream?.isUnused) this.close(topic, stream);
      }
    };
  }

  private findOrOpen(topic: string): TopicStream {
    const known = this.streams.get(topic);
    if (known) return known;
    const { transport, isConnected } = this;
    const stream = new TopicStream({ topic, transport, isConnected, onAnswered: () => this.settle() });
    this.streams.set(topic, stream);
    return stream;
  }

  private close(topic: string, stream: TopicStream): void {
    this.streams.delete(topic);
    stream.disconnect();
    if (this.isConnected) this.transport.unsubscribe(topic);
  }

  private settle(): void {
    for (const subscription of [...this.subscriptions]) subscription.settle();
  }
}

import type { Namespace } from 'socket.io';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Transaction } from '../changes/transaction.ts';
import { Audiences, joinAlike } from './audiences.ts';
import { boundTransaction } from './bound-transaction.ts';
import type { Member } from './member.ts';
import type { LiveTransaction, ResyncMessage, SubscribeAnswer } from './protocol.ts';
import { findReplay } from './replay.ts';
import { formatTopic, type Topic } from './topics.ts';
import { atOnce, type Pausable } from './turns.ts';

/** How far a topic's past has been sent. */
export interface Replayed {
  readonly upTo: string;
  /** Of the transactions that were sent. */
  readonly count: number;
}

/** Hands each transaction to the sockets that listen to what it changed. */
export class LiveHub {
  readonly members = new Set<Member>();
  private readonly namespace: Namespace;
  private readonly feed: ChangeFeed;
  private readonly audiences = new Audiences<Member>();

  constructor(namespace: Namespace, feed: ChangeFeed) {
    this.namespace = namespace;
    this.feed = feed;
  }

  add(member: Member): void {
    this.members.add(member);
  }

  remove(member: Member): void {
    this.members.delete(member);
    this.leave(member);
  }

  /** Sends a transaction to each socket at most once, then tells which topics must be read anew. */
  take(transaction: Transaction): void {
    const { cursor, at, actor, changes, dirty } = boundTransaction(transaction);
    for (const { audiences, told } of joinAlike(this.audiences.project(changes))) {
      const message: LiveTransaction = { cursor, at, actor, changes: told };
      this.namespace.to(audiences.map(({ room }) => room)).emit('transaction', message);
      for (const { members } of audiences) for (const member of members) this.checkQueue(member);
    }
    this.tellNoted(changes);
    for (const [audience, messages] of this.audiences.findDirty(dirty)) {
      for (const message of messages) this.namespace.to(audience.room).emit('resync', message);
      for (const member of audience.members) this.checkQueue(member);
    }
  }

  private tellNoted(changes: Transaction['changes']): void {
    for (const [audience, message] of this.audiences.findNoted(changes)) {
      this.namespace.to(audience.room).emit('resync', message);
      for (const member of audience.members) this.checkQueue(member);
    }
  }

  /** Sends what a topic's listener missed after a cursor; null where it must read the topic anew. */
  *replay(member: Member, topic: Topic, since: string): Pausable<Replayed | null> {
    if (member.isStalled) return null;
    const missed = this.feed.since(since);
    const messages = yield* findReplay(missed, topic, member.sight);
    for (const message of messages ?? []) {
      if (!this.members.has(member)) return null;
      member.socket.emit('transaction', message);
      this.checkQueue(member);
      // What was sent has been dropped with the socket's queue.
      if (member.isStalled) return null;
      yield;
    }
    return messages && { upTo: missed?.at(-1)?.cursor ?? since, count: messages.length };
  }

  /**
   * Begins to tell a topic, in one go with what came after that of which it has been replayed; `replayed` null: it is
   * read anew, absent: from now on.
   */
  subscribe(member: Member, topic: Topic, replayed?: Replayed | null): SubscribeAnswer {
    const { head } = this.feed;
    const rest = replayed && atOnce(this.replay(member, topic, replayed.upTo));
    member.topics.set(formatTopic(topic), topic);
    this.place(member);
    if (replayed === undefined && !member.isStalled) return { ok: true, cursor: head, mode: 'live' };
    if (!replayed || !rest || member.isStalled) return { ok: true, cursor: head, mode: 'resync' };
    return { ok: true, cursor: head, mode: replayed.count + rest.count > 0 ? 'replayed' : 'live' };
  }

  unsubscribe(member: Member, topic: Topic): void {
    if (member.topics.delete(formatTopic(topic))) this.place(member);
  }

  private place(member: Member): void {
    this.leave(member);
    if (member.isStalled || member.topics.size === 0 || !this.members.has(member)) return;
    member.audience = this.audiences.join(member, member.sight, member.topics);
    void member.socket.join(member.audience.room);
  }

  private leave(member: Member): void {
    if (member.audience === null) return;
    void member.socket.leave(member.audience.room);
    this.audiences.leave(member, member.audience);
    member.audience = null;
  }

  private checkQueue(member: Member): void {
    if (member.isStalled || !member.queue.isOverfull) return;
    member.isStalled = true;
    this.leave(member);
    member.queue.drop();
    member.queue.onceDrained(() => {
      member.isStalled = false;
      if (!this.members.has(member)) return;
      for (const topic of member.topics.keys()) {
        const message: ResyncMessage = { topic, reason: 'too_slow' };
        member.socket.emit('resync', message);
      }
      this.place(member);
    });
  }
}

import pLimit, { type LimitFunction } from 'p-limit';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Queryable } from '../database/pool.ts';
import { decodeRecordId } from '../database/record-id.ts';
import { type Refusal, refuse } from '../errors.ts';
import { MAX_RECORDS } from './attendance.ts';
import type { LiveHub } from './live-hub.ts';
import type { Member } from './member.ts';
import type { Presence } from './presence.ts';
import { MAX_RECORD_ID_LENGTH } from './presence-rows.ts';
import type { SubscribeAnswer } from './protocol.ts';
import { isSeenRecord, type RecordTopic } from './seen-record.ts';
import { formatTopic, parseTopic, type Topic } from './topics.ts';
import { inTurns } from './turns.ts';
import type { Sight } from './visibility.ts';

const MAX_TOPICS = 100;
/** What a session may spend in ten seconds: several pages that come back at once, each with its topics. */
const REQUESTS = { points: 500, duration: 10 };
/** One that asks the database costs more. */
const POINTS = new Map([['presence', 5]]);
/** Of one socket, unanswered. */
const MAX_WAITING = 200;
/** Of the node: replays, of which one is sent at a time, and records that are looked up, five at a time. */
const MAX_WAITING_WORK = 2_000;
const LOOK_UPS = 5;
const MAX_TOPIC_LENGTH = 1_024;
const MAX_CURSOR_LENGTH = 200;
/** How long a cursor that another node gave may be ahead of this one. */
const AHEAD_LIMIT_MS = 3_000;

const topic = z.string().min(1).max(MAX_TOPIC_LENGTH);
const SUBSCRIBE = z.object({ topic, since: z.string().min(1).max(MAX_CURSOR_LENGTH).optional() });
const UNSUBSCRIBE = z.object({ topic });
const PRESENCE = z.object({ topic, mode: z.enum(['viewing', 'editing', 'away']) });

type UnsubscribeAnswer = { ok: true } | Refusal;
/** Does what was asked for, at once, and says how it went. */
type Step = () => SubscribeAnswer | UnsubscribeAnswer;
type Prepare = (request: unknown) => Promise<Step>;

const TOO_MANY_REQUESTS = refuse('too_many_requests', 'These were too many requests. Please wait a moment.');
const BAD_REQUEST = refuse('bad_request', 'This request could not be read.');
const TOO_MANY_TOPICS = refuse('too_many_topics', `A connection can listen to ${MAX_TOPICS} topics at most.`);
const TOO_MANY_RECORDS = refuse(
  'too_many_records',
  `A connection can have ${MAX_RECORDS.ofConnection} records open at most, and a session ${MAX_RECORDS.ofSession}.`,
);
// The same for what does not exist and for what may not be seen.
const UNKNOWN_TOPIC = refuse('unknown_topic', 'There is no such topic.');
const UNAVAILABLE = refuse('unavailable', 'This did not work just now. Please try again.');

export interface LiveRequestsParts {
  readonly hub: LiveHub;
  readonly feed: ChangeFeed;
  readonly presence: Presence;
  /** Where records are looked up; null: none is there. */
  readonly db: Queryable | null;
  onError(error: unknown): void;
}

/** Answers what sockets ask for, each socket's requests one after the other. */
export class LiveRequests {
  private readonly parts: LiveRequestsParts;
  private readonly limiter = new RateLimiterMemory(REQUESTS);
  private readonly replays = pLimit(1);
  private readonly lookUps = pLimit(LOOK_UPS);

  constructor(parts: LiveRequestsParts) {
    this.parts = parts;
  }

  listen(member: Member): void {
    const steps = new Map<string, Prepare>([
      ['subscribe', (request) => this.prepareSubscribe(member, request)],
      ['unsubscribe', async (request) => this.prepareUnsubscribe(member, request)],
      ['presence', (request) => this.preparePresence(member, request)],
    ]);
    let earlier = Promise.resolve();
    let waiting = 0;
    member.socket.onAny((event: string, ...given: unknown[]) => {
      const ack = given.pop();
      if (typeof ack !== 'function') return;
      if (waiting >= MAX_WAITING) return ack(TOO_MANY_REQUESTS);
      waiting += 1;
      const admitted = this.limiter.consume(member.login.key, POINTS.get(event) ?? 1).then(
        () => true,
        () => false,
      );
      const prepare = given.length === 1 ? steps.get(event) : undefined;
      earlier = earlier.then(async () => {
        const step = (await admitted) ? await this.prepare(prepare, given[0]) : () => TOO_MANY_REQUESTS;
        waiting -= 1;
        // Nothing may come between what is done and its answer: transactions that follow count from it.
        ack(this.run(step));
      });
    });
  }

  private async prepare(prepare: Prepare | undefined, request: unknown): Promise<Step> {
    if (!prepare) return () => BAD_REQUEST;
    try {
      return await prepare(request);
    } catch (error) {
      this.parts.onError(error);
      return () => UNAVAILABLE;
    }
  }

  private run(step: Step): ReturnType<Step> {
    try {
      return step();
    } catch (error) {
      this.parts.onError(error);
      return UNAVAILABLE;
    }
  }

  private async prepareSubscribe(member: Member, request: unknown): Promise<Step> {
    const { hub, feed } = this.parts;
    const { data } = SUBSCRIBE.safeParse(request);
    const topic = parseTopic(data?.topic ?? '');
    if (!data || !topic) return () => BAD_REQUEST;
    if (!isKnown(topic, member.sight)) return () => UNKNOWN_TOPIC;
    if (member.topics.size >= MAX_TOPICS && !member.topics.has(formatTopic(topic)))
      return () => TOO_MANY_TOPICS;
    const { since } = data;
    if (since === undefined) return () => hub.subscribe(member, topic);
    await waitForCursor(feed, since);
    if (isFull(this.replays)) return () => UNAVAILABLE;
    const replayed = await this.replays(() => inTurns(hub.replay(member, topic, since)));
    return () => hub.subscribe(member, topic, replayed);
  }

  private prepareUnsubscribe(member: Member, request: unknown): Step {
    const { data } = UNSUBSCRIBE.safeParse(request);
    const topic = parseTopic(data?.topic ?? '');
    if (!topic) return () => BAD_REQUEST;
    return () => {
      this.parts.hub.unsubscribe(member, topic);
      return { ok: true };
    };
  }

  private async preparePresence(member: Member, request: unknown): Promise<Step> {
    const { hub, presence, db } = this.parts;
    const { data } = PRESENCE.safeParse(request);
    const topic = parseTopic(data?.topic ?? '');
    if (!data || !isRecord(topic)) return () => BAD_REQUEST;
    const { attendant, sight } = member;
    const { mode } = data;
    const canBeOpen = attendant !== null && topic.id.length <= MAX_RECORD_ID_LENGTH;
    if (!canBeOpen || !isKnown(topic, sight)) return () => UNKNOWN_TOPIC;
    if (mode === 'away')
      return () => {
        presence.leave(attendant, topic);
        return { ok: true };
      };
    if (isFull(this.lookUps)) return () => UNAVAILABLE;
    const isThere = db !== null && (await this.lookUps(() => isSeenRecord(db, sight, topic)));
    if (!isThere) return () => UNKNOWN_TOPIC;
    return () => {
      if (!presence.admits(attendant, topic)) return TOO_MANY_RECORDS;
      if (hub.members.has(member)) presence.enter(attendant, topic, mode);
      return { ok: true };
    };
  }
}

function isFull({ pendingCount }: LimitFunction): boolean {
  return pendingCount >= MAX_WAITING_WORK;
}

/** Whether a topic can be told at all: that of a record only where its id is one of its table's. */
function isKnown({ table: name, id }: Topic, sight: Sight): boolean {
  if (name === null) return true;
  const table = sight.get(name)?.table;
  return table !== undefined && (id === null || decodeRecordId(table, id) !== null);
}

function isRecord(topic: Topic | null): topic is Topic & RecordTopic {
  return topic !== null && topic.table !== null && topic.id !== null;
}

/** Returns when the feed has come to a cursor, or after a while. */
async function waitForCursor(feed: ChangeFeed, cursor: string): Promise<void> {
  if (cursor <= feed.head) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      stopListening();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, AHEAD_LIMIT_MS).unref();
    const stopListening = feed.onTransaction((transaction) => {
      if (transaction.cursor >= cursor) end();
    });
  });
}

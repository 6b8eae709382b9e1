import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { ChangeFeed } from '../changes/change-feed.ts';
import { type Refusal, refuse } from '../errors.ts';
import type { LiveHub } from './live-hub.ts';
import type { Member } from './member.ts';
import type { Presence } from './presence.ts';
import type { SubscribeAnswer } from './protocol.ts';
import { formatTopic, parseTopic, type Topic } from './topics.ts';

const MAX_TOPICS = 100;
/** A session's requests in ten seconds: several pages that come back at once, each with its topics. */
const REQUESTS = { points: 500, duration: 10 };
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

const TOO_MANY_REQUESTS = refuse('too_many_requests', 'These were too many requests. Please wait a moment.');
const BAD_REQUEST = refuse('bad_request', 'This request could not be read.');
const TOO_MANY_TOPICS = refuse('too_many_topics', `A connection can listen to ${MAX_TOPICS} topics at most.`);
// The same for what does not exist and for what may not be seen.
const UNKNOWN_TOPIC = refuse('unknown_topic', 'There is no such topic.');
const UNAVAILABLE = refuse('unavailable', 'This did not work just now. Please try again.');

/** Answers what sockets ask for, each socket's requests one after the other. */
export class LiveRequests {
  private readonly hub: LiveHub;
  private readonly feed: ChangeFeed;
  private readonly presence: Presence;
  private readonly onError: (error: unknown) => void;
  private readonly limiter = new RateLimiterMemory(REQUESTS);

  constructor(hub: LiveHub, feed: ChangeFeed, presence: Presence, onError: (error: unknown) => void) {
    this.hub = hub;
    this.feed = feed;
    this.presence = presence;
    this.onError = onError;
  }

  listen(member: Member): void {
    let earlier = Promise.resolve();
    const answer = (prepare: (request: unknown) => Promise<Step>) => (request: unknown, ack: unknown) => {
      if (typeof ack !== 'function') return;
      const admitted = this.limiter.consume(member.login.key).then(
        () => true,
        () => false,
      );
      earlier = earlier.then(async () => {
        const step = (await admitted) ? await prepare(request) : () => TOO_MANY_REQUESTS;
        // Nothing may come between what is done and its answer: transactions that follow count from it.
        ack(this.run(step));
      });
    };
    member.socket.on(
      'subscribe',
      answer((request) => this.prepareSubscribe(member, request)),
    );
    member.socket.on(
      'unsubscribe',
      answer(async (request) => this.prepareUnsubscribe(member, request)),
    );
    member.socket.on(
      'presence',
      answer(async (request) => this.preparePresence(member, request)),
    );
  }

  private run(step: Step): ReturnType<Step> {
    try {
      return step();
    } catch (error) {
      this.onError(error);
      return UNAVAILABLE;
    }
  }

  private async prepareSubscribe(member: Member, request: unknown): Promise<Step> {
    const { data } = SUBSCRIBE.safeParse(request);
    const topic = parseTopic(data?.topic ?? '');
    if (!data || !topic) return () => BAD_REQUEST;
    if (topic.table !== null && !member.sight.has(topic.table)) return () => UNKNOWN_TOPIC;
    if (member.topics.size >= MAX_TOPICS && !member.topics.has(formatTopic(topic)))
      return () => TOO_MANY_TOPICS;
    if (data.since !== undefined) await waitForCursor(this.feed, data.since);
    return () => this.hub.subscribe(member, topic, data.since);
  }

  private prepareUnsubscribe(member: Member, request: unknown): Step {
    const { data } = UNSUBSCRIBE.safeParse(request);
    const topic = parseTopic(data?.topic ?? '');
    if (!topic) return () => BAD_REQUEST;
    return () => {
      this.hub.unsubscribe(member, topic);
      return { ok: true };
    };
  }

  private preparePresence(member: Member, request: unknown): Step {
    const { data } = PRESENCE.safeParse(request);
    const topic = parseTopic(data?.topic ?? '');
    if (!data || !isRecord(topic)) return () => BAD_REQUEST;
    const { attendant } = member;
    if (attendant === null || !member.sight.has(topic.table)) return () => UNKNOWN_TOPIC;
    return () => {
      if (data.mode === 'away') this.presence.leave(attendant, topic);
      else if (this.hub.members.has(member)) this.presence.enter(attendant, topic, data.mode);
      return { ok: true };
    };
  }
}

function isRecord(topic: Topic | null): topic is Topic & { table: string; id: string } {
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

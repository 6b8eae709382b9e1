import { setTimeout as delay } from 'node:timers/promises';
import { createPool, type Pool } from '../../../src/database/pool.ts';
import { reconcileStock } from '../../../src/orders/reconcile-stock.ts';
import { createSpecimens } from '../../support/specimens.ts';
import { type Canary, createCanaryTables, dropOtherSchema, findCanaries, plantCanaries } from './canaries.ts';
import { type Door, findDoors, findMounts } from './doors.ts';
import { type HealthWatch, watchHealth } from './health-watch.ts';
import { checkAnswer, checkPlace, checkText, type Defect } from './oracles.ts';
import { type Answer, type HttpRequest, type RawTalk, sendHttp, sendRaw } from './send.ts';
import { type Listening, listen, type SocketTalk, talk } from './sockets.ts';
import { restock } from './stock.ts';
import { startTarget, type Target, type TargetOptions } from './target.ts';
import { createPeople, getPass, isOut, type Passes, VISITORS, type Visitor } from './visitors.ts';
import { readWorld, type World } from './world.ts';

/** Anything that can be said to the program. */
export type Act = HttpRequest | SocketTalk | RawTalk;

const REQUEST_LIMIT_MS = 1_000;
const HEALTH_LIMIT_MS = 200;
const HANGING_LIMIT_MS = 5_000;
const ATTEMPTS_ALONE = 3;
const ALONE_INTERVAL_MS = 10;

/** The slowest of what was measured, each attempt by itself. */
export interface Slowness {
  readonly act: Act;
  readonly requestMs: number;
  /** How long `/healthz` was kept waiting, as far as the process was busy meanwhile. */
  readonly healthMs: number;
}

/**
 * The store's panel, running, with every visitor before its doors and everything about it watched: answers, sockets,
 * log, health, the ledger and whether it lives.
 */
export class FuzzSite {
  /** By the delay of `/healthz`, measured alone; the slowest so far. */
  slowest: Slowness | null = null;
  private canaries: readonly Canary[] = [];
  private readonly passes: Passes = new Map();
  private readonly listeners = new Map<Visitor, Listening>();
  private health: HealthWatch;
  private knownDifferences = new Set<string>();
  private round = 0;

  private constructor(
    readonly pool: Pool,
    readonly target: Target,
  ) {
    this.health = watchHealth(target.way.port);
  }

  /** Fills a migrated schema that holds nothing yet, and starts the panel on it. */
  static async open(url: string, options: TargetOptions = {}): Promise<FuzzSite> {
    const pool = createPool(url, { connectionLimit: 4 });
    await createPeople(pool);
    await createCanaryTables(pool);
    await createSpecimens(pool);
    await plantCanaries(pool, 0);
    await restock(pool);
    const site = new FuzzSite(pool, await startTarget(url, options));
    await site.letIn(VISITORS);
    await site.visitMounts();
    return site;
  }

  async close(): Promise<void> {
    this.health.stop();
    for (const listener of this.listeners.values()) listener.end();
    await this.target.stop();
    await dropOtherSchema(this.pool);
    await this.pool.end();
  }

  /** Puts back what was used up, and looks at what there is now. */
  async renew(): Promise<{ world: World; doors: Door[] }> {
    this.round += 1;
    await plantCanaries(this.pool, this.round);
    await restock(this.pool);
    this.canaries = await findCanaries(this.pool);
    const survey = await this.target.survey();
    return { world: await readWorld(this.pool, survey), doors: findDoors(survey) };
  }

  /** Routes and socket messages to which nothing has come since the process began. */
  async findUntried(): Promise<string[]> {
    const { routes, events } = await this.target.survey();
    const hits = new Map(Object.entries(events));
    for (const { base, path, hits: count } of routes)
      hits.set(`${base}${path}`, (hits.get(`${base}${path}`) ?? 0) + count);
    return [...hits].flatMap(([name, count]) => (count === 0 ? name : []));
  }

  /** Says all of it at once, and gives what was wrong with any of it. */
  async try(acts: readonly Act[]): Promise<Defect[]> {
    this.health.take();
    const done = await Promise.all(acts.map((act) => this.perform(act)));
    const healthMs = this.health.take();
    const defects = done.flatMap((each) => each.defects);
    const isSlow = healthMs > HEALTH_LIMIT_MS || done.some(({ tookMs }) => tookMs > REQUEST_LIMIT_MS);
    if (healthMs > HANGING_LIMIT_MS && (await this.endHanging()))
      defects.push({ kind: 'death', detail: 'the process answered nobody any more, and was killed' });
    else if (isSlow) defects.push(...(await this.measureAlone(acts)));
    defects.push(...(await this.checkAround()));
    await this.letIn(VISITORS.filter((visitor) => done.some(({ out }) => out === visitor)));
    return defects;
  }

  private async perform(act: Act): Promise<{ defects: Defect[]; tookMs: number; out: Visitor | null }> {
    const startedAtMs = performance.now();
    try {
      const said = await this.say(act);
      const tookMs = 'bytes' in act ? 0 : performance.now() - startedAtMs;
      if (typeof said === 'string')
        return { defects: checkText(act.as, said, this.canaries), tookMs, out: null };
      const request = act as HttpRequest;
      const { way } = this.target;
      const out = isOut(way, act.as, request, said) ? act.as : null;
      const defects = [...checkAnswer(request, said, this.canaries), ...checkPlace(said, way.basePath)];
      return { defects, tookMs, out };
    } catch (error) {
      const defects: Defect[] = [{ kind: 'no answer', detail: String(error) }];
      return { defects, tookMs: performance.now() - startedAtMs, out: null };
    }
  }

  private say(act: Act): Promise<Answer | string> {
    const pass = this.passes.get(act.as) ?? '';
    const { way } = this.target;
    if ('bytes' in act) return sendRaw(way.port, act, pass);
    return 'packets' in act ? talk(way, act, pass) : sendHttp(way, act, pass);
  }

  /** A busy machine makes anything slow once: what counts is what is slow again, each time, with nothing beside it. */
  private async measureAlone(acts: readonly Act[]): Promise<Defect[]> {
    const defects: Defect[] = [];
    for (const act of acts) {
      if ('bytes' in act) continue;
      const { requestMs, healthMs } = await this.measure(act);
      if (healthMs > (this.slowest?.healthMs ?? 0)) this.slowest = { act, requestMs, healthMs };
      const detail = `${Math.round(requestMs)} ms, and /healthz ${Math.round(healthMs)} ms late`;
      if (healthMs > HEALTH_LIMIT_MS) defects.push({ kind: 'stall', detail });
      else if (requestMs > REQUEST_LIMIT_MS) defects.push({ kind: 'slow', detail });
    }
    return defects;
  }

  /** The quickest of several attempts. */
  private async measure(act: Act): Promise<{ requestMs: number; healthMs: number }> {
    const measured = { requestMs: Number.POSITIVE_INFINITY, healthMs: Number.POSITIVE_INFINITY };
    for (let attempt = 0; attempt < ATTEMPTS_ALONE && this.target.isRunning; attempt++) {
      const watch = watchHealth(this.target.way.port, ALONE_INTERVAL_MS);
      await delay(ALONE_INTERVAL_MS);
      const cpuBeforeMs = await this.target.cpuMs();
      const { tookMs } = await this.perform(act);
      const healthMs = watch.take();
      watch.stop();
      if (healthMs > HANGING_LIMIT_MS) {
        await this.endHanging();
        return { requestMs: tookMs, healthMs };
      }
      const busyMs = (await this.target.cpuMs()) - cpuBeforeMs;
      measured.requestMs = Math.min(measured.requestMs, tookMs);
      measured.healthMs = Math.min(measured.healthMs, healthMs, busyMs);
    }
    return measured;
  }

  /** What is wrong anywhere else: the log, the process, the listening sockets, the ledger. */
  private async checkAround(): Promise<Defect[]> {
    const isDead = !this.target.isRunning;
    const faults = this.target
      .takeFaults()
      .map((text): Defect => ({ kind: 'logged fault', detail: text.slice(0, 1_500) }));
    if (isDead) faults.push({ kind: 'death', detail: faults.map(({ detail }) => detail).join('\n') });
    const heard = [...this.listeners].flatMap(([visitor, listener]) =>
      checkText(visitor, listener.take(), this.canaries),
    );
    if (isDead) await this.restart();
    return [...faults, ...heard, ...(await this.checkLedger())];
  }

  private async checkLedger(): Promise<Defect[]> {
    const found = (await reconcileStock(this.pool)).map((difference) => JSON.stringify(difference));
    const fresh = found.filter((difference) => !this.knownDifferences.has(difference));
    this.knownDifferences = new Set(found);
    return fresh.map((detail) => ({ kind: 'ledger', detail }));
  }

  /** Kills a process that does not answer, and starts another; false: it answers. */
  private async endHanging(): Promise<boolean> {
    const question = { as: 'anonymous', method: 'GET', path: '/healthz', headers: {}, body: '' } as const;
    const answers = await this.say(question).then(
      () => true,
      () => false,
    );
    if (!answers) await this.restart();
    return !answers;
  }

  private async restart(): Promise<void> {
    await this.target.restart();
    this.health.stop();
    this.health = watchHealth(this.target.way.port);
    await this.letIn(VISITORS);
    await this.visitMounts();
    this.target.takeFaults();
  }

  /** Fresh passes, and sockets that listen with them. */
  private async letIn(visitors: readonly Visitor[]): Promise<void> {
    for (const visitor of visitors) {
      const pass = await getPass(this.pool, this.target.way, visitor);
      this.passes.set(visitor, pass);
      this.listeners.get(visitor)?.end();
      this.listeners.set(visitor, await listen(this.target.way, pass));
    }
    if (visitors.length > 0) this.canaries = await findCanaries(this.pool);
  }

  /** Sends everybody past every router, so that it is known where each is. */
  private async visitMounts(): Promise<void> {
    const seen = new Set<string>();
    for (;;) {
      const fresh = findMounts(await this.target.survey()).filter((address) => !seen.has(address));
      if (fresh.length === 0) return;
      for (const address of fresh)
        for (const as of VISITORS) {
          const path = `${address}/nothing-here`.replace('//', '/');
          await this.say({ as, method: 'GET', path, headers: {}, body: '' });
        }
      for (const address of fresh) seen.add(address);
    }
  }
}

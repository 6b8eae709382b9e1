import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLogSteps } from '../../fuzz/log-run.ts';
import { type LogStep, logStep } from '../../fuzz/log-steps.ts';
import { PLANTED } from '../../fuzz/planted-log.ts';
import { type SpareServer, startSpareServer } from '../../support/spare-server.ts';

const STEPS = 64;
const LIMIT_MS = 180_000;

let servers: SpareServer[];
let urls: string[];

beforeAll(async () => {
  servers = await Promise.all([startSpareServer(), startSpareServer()]);
  urls = await Promise.all(servers.map((server) => server.url('films')));
}, LIMIT_MS);
afterAll(async () => {
  await Promise.all(servers?.map((server) => server.stop()) ?? []);
}, LIMIT_MS);

test.each([
  [20261101, 1],
  [20261102, 1],
  [20261103, 1],
  [20261104, 1],
  [20261105, 2],
  [20261106, 2],
  [20261107, 2],
  [20261108, 2],
])(
  'the feed tells what a query gives, or that it cannot, under any settings of the log (seed %i, %i servers)',
  async (seed, count) => {
    const steps = fc.array(logStep(count > 1), { minLength: STEPS, maxLength: STEPS });
    const run = (all: LogStep[]) => runLogSteps(urls.slice(0, count), all);
    await fc.assert(fc.asyncProperty(steps, run), {
      seed,
      numRuns: 1,
      interruptAfterTimeLimit: LIMIT_MS / 2,
    });
    expect.assertions(0);
  },
  LIMIT_MS,
);

test.each(Object.entries(PLANTED))(
  'a defect that was put back is found: %s',
  async (_name, plant) => {
    const steps = fc.array(logStep(false), { minLength: STEPS, maxLength: STEPS });
    const run = (all: LogStep[]) => runLogSteps(urls.slice(0, 1), all, plant());
    const options = { seed: 20261101, numRuns: 12, endOnFailure: true };
    const { failed, errorInstance } = await fc.check(fc.asyncProperty(steps, run), options);
    expect([failed, String(errorInstance)]).toEqual([true, expect.stringMatching(/does not (?:tell|fit)/)]);
  },
  LIMIT_MS,
);

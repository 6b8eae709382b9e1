// `npm run fuzz -- PART --minutes N [--seed S] [--behind-proxy]`: looks for defects with new inputs, at the doors also as
// they are below a path and behind a proxy that takes https; exit code 1 where it found one.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { migrate } from '../../src/database/migrate.ts';
import { openBenchServer } from '../bench/bench-server.ts';
import { startSpareServer } from '../support/spare-server.ts';
import { type Finding, fuzzDoors } from './doors/fuzz-doors.ts';
import { printFinding, printReport } from './doors/print.ts';
import { FuzzSite } from './doors/site.ts';
import { runLogSteps } from './log-run.ts';
import { logStep } from './log-steps.ts';
import { fuzzTables } from './tables/fuzz-tables.ts';
import { printTablesFinding } from './tables/print.ts';
import { Stage } from './tables/stage.ts';

const SCHEMA = 'fuzzed_store';
const BATCHES = 4;
const LOG_STEPS = 64;
/** One run of steps and, where it finds something, the search for fewer of them. */
const LOG_RUN_LIMIT_MS = 180_000;
/** A run counts its seed up once a door. */
const SEEDS_A_ROUND = 10_000;

interface FuzzRun {
  readonly minutes: number;
  readonly seed: number;
  /** The doors are reached by https, below a path. */
  readonly isBehindProxy: boolean;
}

/** Each looks until its time is over, and says whether it found nothing. */
const PARTS: Readonly<Record<string, (run: FuzzRun) => Promise<boolean>>> = {
  doors: runDoors,
  log: runLog,
  tables: runTables,
};

async function runDoors(run: FuzzRun): Promise<boolean> {
  const server = await openBenchServer(SCHEMA);
  try {
    await migrate(server.url);
    return await fuzzStore(server.url, run);
  } finally {
    await server.close();
  }
}

async function fuzzStore(url: string, { minutes, seed, isBehindProxy }: FuzzRun): Promise<boolean> {
  const site = await FuzzSite.open(url, { isBehindProxy });
  const endsAtMs = Date.now() + minutes * 60_000;
  const isOver = () => Date.now() > endsAtMs;
  const onFinding = (finding: Finding) => console.log(printFinding(finding));
  let found = 0;
  try {
    for (let round = 0; !isOver(); round++) {
      const options = { seed: seed + round * SEEDS_A_ROUND, batches: BATCHES, isOver, onFinding };
      const report = await fuzzDoors(site, options);
      found += report.findings.length;
      console.log(printReport(report));
    }
  } finally {
    await site.close();
  }
  return found === 0;
}

async function runLog({ minutes, seed }: FuzzRun): Promise<boolean> {
  const servers = [await startSpareServer(), await startSpareServer()];
  const urls = await Promise.all(servers.map((server) => server.url('films')));
  const endsAtMs = Date.now() + minutes * 60_000;
  const steps = fc.array(logStep(true), { minLength: LOG_STEPS, maxLength: LOG_STEPS });
  let failure = '';
  for (let round = 0; failure === '' && Date.now() < endsAtMs; round++) {
    const property = fc.asyncProperty(steps, (all) => runLogSteps(urls, all));
    const result = await fc.check(property, {
      seed: seed + round,
      numRuns: 1,
      interruptAfterTimeLimit: LOG_RUN_LIMIT_MS,
    });
    if (result.failed) failure = fc.defaultReportMessage(result) ?? 'failed';
    else console.log(`${LOG_STEPS} steps, seed ${seed + round}: the feed told what is there`);
  }
  console.log(failure);
  for (const server of servers) await server.stop();
  return failure === '';
}

async function runTables({ minutes, seed }: FuzzRun): Promise<boolean> {
  const server = await openBenchServer('fuzzed_tables');
  await migrate(server.url, { folders: ['panel'] });
  const stage = await Stage.open(server.url);
  const endsAtMs = Date.now() + minutes * 60_000;
  let isClean = true;
  try {
    for (let round = 0; Date.now() < endsAtMs; round++) {
      const found = await fuzzTables(stage, { seed: seed + round, runs: 1 });
      isClean = isClean && found === null;
      console.log(found ? printTablesFinding(found) : `tables of seed ${seed + round}: as plain SQL says`);
    }
  } finally {
    await stage.close();
    await server.close();
  }
  return isClean;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    'behind-proxy': { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(PARTS);
const run = {
  minutes: Number(values.minutes),
  seed: Number(values.seed),
  isBehindProxy: values['behind-proxy'],
};
const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0 || !(run.minutes > 0) || !Number.isInteger(run.seed)) {
  console.error(
    `npm run fuzz -- [${Object.keys(PARTS).join(' | ')}] --minutes NUMBER --seed WHOLE_NUMBER --behind-proxy`,
  );
  process.exit(1);
}
let isClean = true;
for (const name of names) {
  console.log(`${name}, seed ${run.seed}`);
  isClean = ((await PARTS[name]?.(run)) ?? true) && isClean;
}
process.exit(isClean ? 0 : 1);

import fc from 'fast-check';
import type { Door } from './doors.ts';
import type { Defect, DefectKind } from './oracles.ts';
import { anyPlainRequests, anyRequest } from './requests.ts';
import type { Act, FuzzSite, Slowness } from './site.ts';
import { anyRawTalk, anyTalk } from './talks.ts';
import type { World } from './world.ts';

const MAX_AT_ONCE = 5;
/** After so long at one door nothing more is tried or shrunk there. */
const DOOR_LIMIT_MS = 20_000;
const DOORS_A_RENEWAL = 15;

export interface FuzzOptions {
  readonly seed: number;
  /** Batches of up to five inputs at each door after a plain one, each shrunk where something is wrong with it. */
  readonly batches: number;
  /** Only the doors of these names. */
  readonly isWanted?: (door: string) => boolean;
  /** Ends the run before the next door. */
  readonly isOver?: () => boolean;
  readonly onFinding?: (finding: Finding) => void;
}

/** A defect with the least input that still shows it. */
export interface Finding extends Defect {
  readonly door: string;
  readonly seed: number;
  readonly acts: readonly Act[];
}

export interface FuzzReport {
  readonly findings: readonly Finding[];
  readonly doors: number;
  readonly inputs: number;
  readonly slowest: Slowness | null;
}

/** Tries every door of the running program in turn: the same inputs for the same seed, as far as ids are the same. */
export async function fuzzDoors(site: FuzzSite, options: FuzzOptions): Promise<FuzzReport> {
  const { isWanted = () => true, isOver = () => false, onFinding } = options;
  const findings: Finding[] = [];
  let inputs = 0;
  let { world, doors } = await site.renew();
  const names = [...doors.map(({ name }) => name), ...listEvents(world), RAW].filter(isWanted);
  for (const [index, name] of names.entries()) {
    if (isOver()) break;
    if (index % DOORS_A_RENEWAL === 0) ({ world, doors } = await site.renew());
    const seed = options.seed + index;
    const door = doors.find((candidate) => candidate.name === name);
    const [first = []] = door ? fc.sample(anyPlainRequests(door, world), { seed, numRuns: 1 }) : [];
    const found = await fuzzDoor(site, first, actAt(name, door, world), { ...options, seed });
    inputs += found.inputs;
    if (found.finding) findings.push({ ...found.finding, door: name, seed: options.seed });
    if (found.finding) onFinding?.({ ...found.finding, door: name, seed: options.seed });
  }
  return { findings, doors: names.length, inputs, slowest: site.slowest };
}

const RAW = 'raw bytes';
const EVENT = 'socket ';
const listEvents = ({ survey }: World) => Object.keys(survey.events).map((event) => EVENT + event);

function actAt(name: string, door: Door | undefined, world: World): fc.Arbitrary<Act> {
  if (name === RAW) return anyRawTalk;
  if (name.startsWith(EVENT)) return anyTalk(name.slice(EVENT.length), world);
  if (!door) throw new Error(`the door ${name} is gone`);
  return anyRequest(door, world);
}

/** Shrinks towards the first kind of defect alone, as another may hide behind the same input. */
async function fuzzDoor(
  site: FuzzSite,
  first: readonly Act[],
  anyAct: fc.Arbitrary<Act>,
  { seed, batches }: FuzzOptions,
) {
  let wanted: DefectKind | null = null;
  let last: Defect | null = null;
  let inputs = 0;
  const endsAtMs = performance.now() + DOOR_LIMIT_MS;
  const property = fc.asyncProperty(
    fc.array(anyAct, { minLength: 1, maxLength: MAX_AT_ONCE }),
    async (acts) => {
      // Rather than fast-check's own limit, which would leave what is under way to itself.
      if (performance.now() > endsAtMs) return;
      inputs += acts.length;
      const defects = await site.try(acts);
      const defect = defects.find(({ kind }) => wanted === null || kind === wanted);
      if (!defect) return;
      wanted = defect.kind;
      last = defect;
      throw new Error(defect.detail);
    },
  );
  const result = await fc.check(property, {
    seed,
    examples: first.length > 0 ? [[[...first]]] : [],
    numRuns: batches + 1,
    includeErrorInReport: false,
  });
  const acts = result.counterexample?.[0] ?? [];
  return { inputs, finding: last === null ? null : { ...(last as Defect), acts } };
}

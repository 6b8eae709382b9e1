/** Runs each of two pieces of work so often, by turns, so that a slow moment of the machine hits both; the median of each, in ms. */
export async function takeTurns(
  rounds: number,
  work: readonly [() => Promise<unknown>, () => Promise<unknown>],
): Promise<readonly [number, number]> {
  const took: readonly [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    took[0].push(await timeOf(work[0]));
    took[1].push(await timeOf(work[1]));
  }
  return [median(took[0]), median(took[1])];
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

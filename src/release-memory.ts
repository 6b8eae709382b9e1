import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects now what is no longer used. V8 leaves it lying as long as the heap may grow, and so what a start has read and
 * thrown away would stay for as long as the program has little to do. Takes some tenths of a second.
 */
export function releaseMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  collect();
  // The pages that one collection empties are given back with the next.
  collect();
}

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { skipN } from 'pure-rand/utils/skipN';

/** A stream of chance that is the same for the same seed. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  /** From 0 up to but not including 1. */
  fraction(): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** The same items in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Starts a stream of chance; `seed` is a 32-bit integer. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  // Neighbouring seeds begin alike.
  skipN(generator, 64);
  const integer = (least: number, most: number) => uniformInt(generator, least, most);
  const fraction = () => (generator.next() >>> 0) / 2 ** 32;
  return {
    integer,
    fraction,
    chance: (probability) => fraction() < probability,
    pick: <T>(items: readonly T[]) => items[integer(0, items.length - 1)] as T,
    shuffle: <T>(items: readonly T[]) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
      }
      return shuffled;
    },
  };
}

/**
 * Makes some items far more popular than others: shuffles them, and returns a chooser by which the item at rank r is
 * chosen with a weight of 1 / (r + flatness).
 */
export function createPopularity<T>(
  random: Random,
  items: readonly T[],
  flatness: number,
): (random: Random) => T {
  const ranked = random.shuffle(items);
  let sum = 0;
  const sums = ranked.map((_, rank) => {
    sum += 1 / (rank + flatness);
    return sum;
  });
  return (chance) => {
    const point = chance.fraction() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > point) high = middle;
      else low = middle + 1;
    }
    return ranked[low] as T;
  };
}

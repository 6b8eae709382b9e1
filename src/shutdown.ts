/** Everything that runs and must be stopped, whenever the end comes. */
export interface Shutdown {
  /** Aborted as soon as the end is asked for. */
  readonly signal: AbortSignal;
  /** Takes charge of a part that runs now. Where the end was already asked for, stops it and throws. */
  keep<T>(part: T, stop: (part: T) => Promise<unknown>): Promise<T>;
  /** Stops every part, the latest first, also where one fails to stop; throws the first failure at the end. */
  run(): Promise<void>;
}

/** Creates a {@link Shutdown} with nothing in it. */
export function createShutdown(): Shutdown {
  const controller = new AbortController();
  const stops: (() => Promise<unknown>)[] = [];
  return {
    signal: controller.signal,
    keep: async (part, stop) => {
      if (controller.signal.aborted) await stop(part);
      controller.signal.throwIfAborted();
      stops.push(() => stop(part));
      return part;
    },
    run: async () => {
      controller.abort();
      const failures: unknown[] = [];
      for (let stop = stops.pop(); stop; stop = stops.pop())
        await stop().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Gives what `work` gives; throws where that takes longer than `limitMs`. The work itself goes on. */
export async function withinLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const error = new Error(`The database did not answer within ${limitMs / 1_000} seconds.`);
    timer = setTimeout(() => reject(error), limitMs);
  });
  // Where it fails after the limit, nobody waits for it any more.
  work.catch(() => undefined);
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

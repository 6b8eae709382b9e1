import type { Logger } from './logger.ts';

/** Runs `tasks` every `intervalMs`, one after the other, until the function it gives is called and resolves. */
export function cleanRegularly(
  logger: Logger,
  intervalMs: number,
  tasks: readonly (() => Promise<void>)[],
): () => Promise<void> {
  let running = Promise.resolve();
  const clean = async () => {
    for (const task of tasks) {
      await task().catch((err) => logger.warn({ err }, 'ended sessions and attempts could not be deleted'));
    }
  };
  const timer = setInterval(() => {
    running = clean();
  }, intervalMs).unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}

import { ProblemsError } from '../../src/errors.ts';

/** The codes of the problems that end some work; throws where it ends otherwise. */
export async function findProblemCodes(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => new Error('the work came to a good end'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemsError)) throw error;
  return error.problems.map(({ code }) => code);
}

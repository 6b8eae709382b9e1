import { useCallback, useState } from 'react';

/** A reading that was asked for, to be made by an effect. */
export interface Reading<T> {
  readonly of: T;
  /** To be called once its answer came, or nobody waits for it any more. */
  end(): void;
}

/** Asks for readings, of which the latest counts; each returns when it has ended. */
export function useReadings<T>(): readonly [Reading<T> | null, (of: T) => Promise<void>] {
  const [reading, setReading] = useState<Reading<T> | null>(null);
  const read = useCallback(
    (of: T) =>
      new Promise<void>((end) => {
        setReading((last) => {
          last?.end();
          return { of, end };
        });
      }),
    [],
  );
  return [reading, read];
}

import { useRef, useState } from 'react';

export interface Held<T> {
  readonly shown: T;
  /** How many have come since the list is held. */
  readonly waitingCount: number;
  /** For the element around the list. */
  readonly hold: {
    onMouseEnter(): void;
    onMouseLeave(): void;
    onFocus(): void;
    onBlur(): void;
  };
}

/** Holds a list still while somebody points at it or is in it, so that what is to be pressed does not move away. */
export function useHeld<T extends { readonly key: string }>(list: readonly T[]): Held<readonly T[]> {
  const [reasons, setReasons] = useState<ReadonlySet<string>>(new Set());
  const held = useRef(list);
  if (reasons.size === 0) held.current = list;
  const first = held.current[0]?.key;
  const waitingCount = list.findIndex(({ key }) => key === first);
  const change = (reason: string, isOn: boolean) =>
    setReasons((known) => new Set([...known].filter((each) => each !== reason).concat(isOn ? [reason] : [])));
  return {
    shown: held.current,
    waitingCount: waitingCount < 0 ? list.length : waitingCount,
    hold: {
      onMouseEnter: () => change('pointer', true),
      onMouseLeave: () => change('pointer', false),
      onFocus: () => change('focus', true),
      onBlur: () => change('focus', false),
    },
  };
}

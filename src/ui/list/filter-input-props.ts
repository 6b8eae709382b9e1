import type { BasePropertyJSON } from 'adminjs';
import type { Filters } from './list-params.ts';

/** What the inputs of one column's filter are given; `onChange` is called with a path such as 'price.from'. */
export interface FilterInputProps {
  readonly property: BasePropertyJSON;
  readonly filters: Filters;
  onChange(path: string, value: string): void;
}

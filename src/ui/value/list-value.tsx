import type { BasePropertyProps } from 'adminjs';
import React from 'react';
import { Value } from './value.tsx';

/** A column's value in a table's cell. */
export default function ListValue({ property, record }: BasePropertyProps) {
  return record ? <Value property={property} record={record} short /> : null;
}

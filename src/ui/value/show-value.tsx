import type { BasePropertyProps } from 'adminjs';
import React from 'react';
import { Value } from './value.tsx';

/** A column's value on a row's page. */
export default function ShowValue({ property, record }: BasePropertyProps) {
  return record ? <Value property={property} record={record} /> : null;
}

import type { BasePropertyProps } from 'adminjs';
import React from 'react';

/** One column's filter. */
export default function FilterField({ property, filter, onChange }: BasePropertyProps) {
  const values = filter as Readonly<Record<string, unknown>> | undefined;
  return (
    <label>
      {property.custom.label}
      <input
        value={String(values?.[property.name] ?? '')}
        onChange={(event) => onChange?.(property.name, event.target.value)}
      />
    </label>
  );
}

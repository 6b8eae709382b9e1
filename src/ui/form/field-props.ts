import type { ColumnDisplay } from '../column-display.ts';
import type { FormValue } from './form-values.ts';

/** What the input of one field is told, whatever its kind. */
export interface FieldProps {
  /** The id that the label points at. */
  readonly id: string;
  readonly name: string;
  readonly display: ColumnDisplay;
  /** The text that the field holds; of a file see {@link BlobFieldProps}. */
  readonly value: string | null;
  /** What the field holds once all of it is taken out. */
  readonly emptyValue: '' | null;
  /** What stands in the field while it is empty. */
  readonly placeholder: string | undefined;
  readonly invalid: boolean;
  /** Ids of the texts that describe the field. */
  readonly describedBy: string | undefined;
  onChange(value: FormValue): void;
}

/** The attributes that every input of a field has. */
export function inputAttributes({ id, name, display, invalid, describedBy }: FieldProps) {
  return {
    id,
    name,
    'aria-invalid': invalid,
    'aria-describedby': describedBy,
    'aria-required': display.required,
    autoComplete: 'off',
  };
}

import React, { useId } from 'react';
import { FieldError, TextBox } from '../form/field-styles.ts';
import { humanizeValue } from '../format.ts';
import type { ActionFieldDisplay } from './action-display.ts';
import { DataTable } from './page-styles.ts';
import { type RowValues, readPaste } from './paste-column.ts';

export interface PerRowFieldsProps {
  readonly field: ActionFieldDisplay;
  readonly rowIds: readonly string[];
  /** 'Order 12'. */
  nameOf(rowId: string): string;
  readonly values: RowValues;
  /** Messages by row. */
  readonly errors: RowValues;
  onChange(values: RowValues): void;
}

/** A field asked for each row: Enter, as scanners send it, leads to the next one, and a pasted column fills those below. */
export function PerRowFields(props: PerRowFieldsProps): React.ReactElement {
  const { field, rowIds, nameOf, values, errors, onChange } = props;
  const id = useId();
  const paste = (event: React.ClipboardEvent, rowId: string) => {
    const pasted = readPaste(event.clipboardData.getData('text'), rowIds, rowId);
    if (!pasted) return;
    event.preventDefault();
    onChange({ ...values, ...pasted });
  };
  const pressKey = (event: React.KeyboardEvent<HTMLElement>, index: number) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const form = event.currentTarget.closest('form');
    const next = form?.querySelector<HTMLElement>(`[data-row="${index + 1}"], [type="submit"]`);
    next?.focus();
  };
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">For</th>
          <th scope="col">
            {field.label} <small>type, scan or paste a list</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {rowIds.map((rowId, index) => (
          <tr key={rowId}>
            <td>{nameOf(rowId)}</td>
            <td>
              <TextBox
                data-row={index}
                aria-label={`${field.label} of ${nameOf(rowId)}`}
                aria-invalid={errors[rowId] !== undefined}
                aria-describedby={`${id}-${index}`}
                autoComplete="off"
                value={values[rowId] ?? ''}
                onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
                  onChange({ ...values, [rowId]: event.target.value })
                }
                onPaste={(event: React.ClipboardEvent) => paste(event, rowId)}
                onKeyDown={(event: React.KeyboardEvent<HTMLElement>) => pressKey(event, index)}
              />
              {errors[rowId] ? (
                <FieldError id={`${id}-${index}`}>{humanizeValue(errors[rowId])}</FieldError>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

import type { EditPropertyProps, RecordJSON, ResourceJSON } from 'adminjs';
import { useCallback, useMemo, useReducer } from 'react';
import { type EditEvent, type EditState, reduceEdit, startEdit } from './edit-state.ts';
import type { FieldErrors } from './save-record.ts';
import type { FormState } from './use-form-state.ts';

/** What a form over an existing row holds, and how the rest of the form sees it. */
export function useEditState(
  initial: RecordJSON,
  resource: ResourceJSON,
): { state: EditState; form: FormState; dispatch(event: EditEvent): void } {
  const [state, dispatch] = useReducer(reduceEdit, initial, (record) =>
    startEdit(
      record,
      resource.editProperties.map(({ propertyPath }) => propertyPath),
    ),
  );
  const change = useCallback<EditPropertyProps['onChange']>((name, value, selected) => {
    if (typeof name === 'string') dispatch({ type: 'type', name, value, selected });
  }, []);
  const mark = useCallback((errors: FieldErrors) => dispatch({ type: 'mark', errors }), []);
  const { source, values, populated, errors } = state;
  const record = useMemo(
    () => ({ ...source, params: values, populated, errors }),
    [source, values, populated, errors],
  );
  return { state, form: { values, record, change, mark }, dispatch };
}

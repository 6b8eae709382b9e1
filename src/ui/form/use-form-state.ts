import type { EditPropertyProps, RecordJSON } from 'adminjs';
import { useCallback, useMemo, useState } from 'react';
import type { FormValues } from './form-values.ts';
import type { FieldErrors } from './save-record.ts';

export interface FormState {
  readonly values: FormValues;
  /** The form as the record that AdminJS's property components are given. */
  readonly record: RecordJSON;
  readonly change: EditPropertyProps['onChange'];
  mark(errors: FieldErrors): void;
}

/** What a form for a new row holds while it is filled in, beginning with `start`. An error goes once its field is changed. */
export function useFormState(start: FormValues): FormState {
  const [values, setValues] = useState(start);
  const [populated, setPopulated] = useState<RecordJSON['populated']>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const change = useCallback<EditPropertyProps['onChange']>((name, value, selected) => {
    if (typeof name !== 'string') return;
    setValues((held) => ({ ...held, [name]: value }));
    setPopulated((held) => ({ ...held, [name]: selected }));
    setErrors(({ [name]: _gone, ...others }) => others);
  }, []);
  const record = useMemo(
    () => ({ ...EMPTY_RECORD, params: values, populated, errors }),
    [values, populated, errors],
  );
  return { values, record, change, mark: setErrors };
}

const EMPTY_RECORD: RecordJSON = {
  id: '',
  title: '',
  params: {},
  populated: {},
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
};

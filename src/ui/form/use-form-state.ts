import type { EditPropertyProps, RecordJSON } from 'adminjs';
import { useCallback, useMemo, useState } from 'react';
import type { FormValues } from './form-values.ts';
import type { FieldErrors } from './save-record.ts';

export interface FormState {
  readonly values: FormValues;
  /** The form as the record that AdminJS's property components are given. */
  readonly record: RecordJSON;
  readonly change: EditPropertyProps['onChange'];
  replace(values: FormValues, populated: RecordJSON['populated']): void;
  mark(errors: FieldErrors): void;
}

/** What a form holds while it is filled in, beginning with `start`. An error goes once its field is changed. */
export function useFormState(start: FormValues, source: RecordJSON | undefined): FormState {
  const [values, setValues] = useState(start);
  const [populated, setPopulated] = useState(source?.populated ?? {});
  const [errors, setErrors] = useState<FieldErrors>({});
  const change = useCallback<EditPropertyProps['onChange']>((name, value, selected) => {
    if (typeof name !== 'string') return;
    setValues((held) => ({ ...held, [name]: value }));
    setPopulated((held) => ({ ...held, [name]: selected }));
    setErrors(({ [name]: _gone, ...others }) => others);
  }, []);
  const record = useMemo(
    () => ({ ...EMPTY_RECORD, ...source, params: values, populated, errors }),
    [source, values, populated, errors],
  );
  const replace = useCallback<FormState['replace']>((newValues, newPopulated) => {
    setValues(newValues);
    setPopulated(newPopulated);
    setErrors({});
  }, []);
  return { values, record, change, replace, mark: setErrors };
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

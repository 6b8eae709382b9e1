import { ApiClient, type RecordJSON } from 'adminjs';
import React, { useEffect, useId, useState } from 'react';
import { Facts } from '../action/page-styles.ts';
import { Label } from '../form/field-styles.ts';
import { ReferenceSelect } from '../form/reference-select.tsx';
import { CUSTOMER_TABLE } from './store-links.ts';

export interface CustomerPickerProps {
  readonly value: string | null;
  onChange(customerId: string | null): void;
}

const CUSTOMER = { resourceId: CUSTOMER_TABLE, valueColumn: 'id', searchable: true };

/** Finds the customer by a part of the name, and shows where the parcel will go. */
export function CustomerPicker({ value, onChange }: CustomerPickerProps): React.ReactElement {
  const id = useId();
  const [title, setTitle] = useState<string | null>(null);
  return (
    <>
      <Label htmlFor={id}>Who orders</Label>
      <ReferenceSelect
        id={id}
        reference={CUSTOMER}
        value={value}
        title={title}
        clearable
        required
        placeholder="Type a part of the name"
        onChange={(chosen, choice) => {
          setTitle(choice?.title ?? null);
          onChange(chosen);
        }}
      />
      {value ? <CustomerFacts key={value} customerId={value} /> : null}
    </>
  );
}

const FACTS = [
  { column: 'species', label: 'Species' },
  { column: 'planet', label: 'Planet' },
  { column: 'address', label: 'Address' },
];

function CustomerFacts({ customerId }: { customerId: string }): React.ReactElement | null {
  const [customer, setCustomer] = useState<RecordJSON | null>(null);
  useEffect(() => {
    let isLatest = true;
    const params = { resourceId: CUSTOMER_TABLE, recordId: customerId, actionName: 'show' };
    new ApiClient().recordAction(params).then(
      ({ data }) => isLatest && setCustomer(data.record),
      // The order can be placed without a look at the address.
      () => isLatest && setCustomer(null),
    );
    return () => {
      isLatest = false;
    };
  }, [customerId]);
  if (!customer) return null;
  return (
    <Facts>
      {FACTS.filter(({ column }) => customer.params[column]).map(({ column, label }) => (
        <React.Fragment key={column}>
          <dt>{label}</dt>
          <dd>{customer.params[column]}</dd>
        </React.Fragment>
      ))}
    </Facts>
  );
}

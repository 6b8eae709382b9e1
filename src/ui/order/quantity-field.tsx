import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { TextBox } from '../form/field-styles.ts';

const Box = styled(TextBox)`
  width: 84px;
  margin-left: auto;
  text-align: right;
`;

export interface QuantityFieldProps {
  readonly label: string;
  readonly value: string;
  readonly most?: number;
  readonly least?: number;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly inputRef?: React.Ref<HTMLInputElement>;
  onChange(value: string): void;
  onKeyDown?(event: React.KeyboardEvent): void;
}

/** A number of pieces; the arrow keys count up and down. */
export function QuantityField(props: QuantityFieldProps): React.ReactElement {
  return (
    <Box
      ref={props.inputRef}
      type="number"
      className="number"
      inputMode="numeric"
      aria-label={props.label}
      aria-invalid={props.invalid ?? false}
      aria-describedby={props.describedBy}
      min={props.least ?? 0}
      max={props.most}
      step={1}
      value={props.value}
      onFocus={(event: React.FocusEvent<HTMLInputElement>) => event.target.select()}
      onChange={(event: React.ChangeEvent<HTMLInputElement>) => props.onChange(event.target.value)}
      onKeyDown={props.onKeyDown}
    />
  );
}

import { css, styled } from '@adminjs/design-system/styled-components';
import { NARROW, token } from '../tokens.ts';

/** Fields of a form side by side, as many as fit; long ones take the whole width. */
export const FieldGrid = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
  gap: 20px 24px;
  align-items: start;

  & > * {
    position: relative;
  }
  & > .wide {
    grid-column: 1 / -1;
  }
`;

export const Field = styled.div`
  min-width: 0;
`;

export const Label = styled.label`
  display: block;
  margin: 0 0 6px;
  font-size: 13px;
  font-weight: 600;
  line-height: 18px;
  color: ${token.ink};
`;

export const RequiredMark = styled.span`
  margin-left: 3px;
  color: ${token.danger};
`;

export const FieldHelp = styled.p`
  margin: 5px 0 0;
  font-size: 12px;
  line-height: 16px;
  color: ${token.muted};
`;

export const FieldError = styled.p`
  margin: 5px 0 0;
  font-size: 13px;
  font-weight: 600;
  line-height: 17px;
  color: ${token.danger};
`;

/** The box that inputs, selects and text areas have in common. */
export const inputBox = css`
  display: block;
  box-sizing: border-box;
  width: 100%;
  min-height: 36px;
  margin: 0;
  padding: 7px 10px;
  font: inherit;
  font-size: 14px;
  line-height: 20px;
  color: ${token.ink};
  background: ${token.surface};
  border: 1px solid ${token.lineStrong};
  border-radius: 6px;

  /* Phones zoom into fields of smaller letters. */
  ${NARROW} {
    font-size: 16px;
  }
  &:hover:not(:disabled):not(:read-only) {
    border-color: ${token.muted};
  }
  &[aria-invalid='true'] {
    border-color: ${token.danger};
  }
  &:disabled,
  &:read-only:not(select) {
    color: ${token.ink};
    background: ${token.page};
  }
  &::placeholder {
    color: ${token.muted};
  }
`;

export const TextBox = styled.input`
  ${inputBox}
  height: 36px;

  &.number {
    font-variant-numeric: tabular-nums;
  }
  &.code {
    font-family: ${token.fontMono};
  }
`;

export const TextArea = styled.textarea`
  ${inputBox}
  resize: vertical;
  field-sizing: content;
  min-height: 92px;
  max-height: 60vh;

  &.code {
    font-family: ${token.fontMono};
    tab-size: 2;
  }
`;

export const SelectBox = styled.select`
  ${inputBox}
  height: 36px;
  padding-left: 6px;
`;

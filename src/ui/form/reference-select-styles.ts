import { styled } from '@adminjs/design-system/styled-components';
import { tint, token } from '../tokens.ts';

export const Combobox = styled.div`
  position: relative;

  & > input {
    padding-right: 34px;
    text-overflow: ellipsis;
  }
`;

export const ClearButton = styled.button`
  position: absolute;
  top: 5px;
  right: 5px;
  width: 26px;
  height: 26px;
  padding: 0;
  font-size: 18px;
  line-height: 1;
  color: ${token.muted};
  background: none;
  border: 0;
  border-radius: 4px;
  cursor: pointer;

  &:hover {
    color: ${token.ink};
    background: ${token.hover};
  }
`;

export const Listbox = styled.div`
  position: absolute;
  z-index: 30;
  top: calc(100% + 4px);
  right: 0;
  left: 0;
  background: ${token.surface};
  border: 1px solid ${token.lineStrong};
  border-radius: 6px;
  box-shadow: 0 8px 24px rgb(0 0 0 / 14%);

  & [role='listbox'] {
    max-height: 280px;
    margin: 0;
    padding: 4px;
    overflow-y: auto;
  }
`;

export const Option = styled.div`
  display: flex;
  gap: 12px;
  justify-content: space-between;
  padding: 6px 8px;
  font-size: 14px;
  line-height: 20px;
  border-radius: 4px;
  cursor: pointer;

  &:hover {
    background: ${token.page};
  }
  &.active {
    background: ${tint(token.link, 10)};
  }
  &[aria-selected='true'] {
    font-weight: 600;
  }
`;

export const OptionValue = styled.span`
  flex-shrink: 0;
  max-width: 40%;
  overflow: hidden;
  font-size: 12px;
  font-variant-numeric: tabular-nums;
  font-weight: 400;
  color: ${token.muted};
  text-overflow: ellipsis;
  white-space: nowrap;
`;

export const SearchState = styled.p`
  margin: 0;
  padding: 6px 12px;
  font-size: 12px;
  line-height: 16px;
  color: ${token.muted};
  border-top: 1px solid ${token.line};
`;

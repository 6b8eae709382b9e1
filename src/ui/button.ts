import { css, styled } from '@adminjs/design-system/styled-components';
import { Link } from 'react-router-dom';
import { tint, token } from './tokens.ts';

const look = css`
  display: inline-flex;
  gap: 8px;
  align-items: center;
  justify-content: center;
  box-sizing: border-box;
  min-height: 36px;
  padding: 0 14px;
  font: inherit;
  font-size: 14px;
  font-weight: 600;
  line-height: 20px;
  color: ${token.ink};
  text-decoration: none;
  white-space: nowrap;
  background: ${token.surface};
  border: 1px solid ${token.lineStrong};
  border-radius: ${token.radius};
  cursor: pointer;

  &:hover {
    background: ${token.hover};
  }
  &.primary {
    color: ${token.surface};
    background: ${token.link};
    border-color: ${token.link};
  }
  &.primary:hover {
    background: color-mix(in srgb, ${token.link} 88%, black);
  }
  &.danger {
    color: ${token.danger};
    border-color: ${tint(token.danger, 50)};
  }
  &.danger:hover {
    background: ${tint(token.danger, 8)};
  }
  &.danger.primary {
    color: ${token.surface};
    background: ${token.danger};
    border-color: ${token.danger};
  }
  &:disabled {
    color: ${token.muted};
    background: ${token.hover};
    border-color: ${token.line};
    cursor: default;
  }
`;

/** A button of lists and rows' pages: class 'primary' for what is done most, 'danger' for what destroys. */
export const PlainButton = styled.button`
  ${look}
`;

/** A link to another page that looks like a button. */
export const ButtonLink = styled(Link)`
  ${look}
`;

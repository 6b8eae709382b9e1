import { styled } from '@adminjs/design-system/styled-components';
import { token } from '../tokens.ts';
import { freshLook } from './fresh.tsx';

/** A list of one-line rows; what does not fit into a row is cut, so that no row grows. Sizes follow the font's. */
export const Lines = styled.ol`
  margin: 0;
  padding: 0;
  list-style: none;
  color: ${token.ink};
  font-size: 14px;
  line-height: 1.45;

  & > li {
    display: flex;
    gap: 0.6em;
    align-items: baseline;
    padding: 0.36em 0.4em;
    border-top: 1px solid ${token.line};
    ${freshLook}
  }

  & > li:first-child {
    border-top-color: transparent;
  }

  & > li > :first-child {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  & > li > :not(:first-child) {
    flex: none;
  }

  & a {
    color: ${token.link};
    text-decoration: underline;
    text-decoration-color: ${token.lineStrong};
    text-underline-offset: 0.2em;
  }

  & a:hover {
    text-decoration-color: currentcolor;
  }

  & :is(small, time) {
    color: ${token.muted};
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
  }

  & b {
    font-weight: 600;
  }

  & .outside {
    color: ${token.warning};
    font-weight: 600;
  }

  & .late {
    color: ${token.danger};
    font-weight: 600;
  }
`;

/** What is said where a list has nothing. */
export const Nothing = styled.p`
  margin: 0;
  padding: 0.4em;
  color: ${token.muted};
  font-size: 14px;
`;

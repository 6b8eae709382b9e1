import { css } from '@adminjs/design-system/styled-components';
import { token } from '../tokens.ts';

/** How links inside of texts and tables look. */
export const linkLook = css`
  color: ${token.link};
  text-decoration: none;

  &:hover {
    text-decoration: underline;
  }
`;

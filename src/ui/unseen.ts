import { css } from '@adminjs/design-system/styled-components';

/** Read out, and not seen. */
export const unseen = css`
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
`;

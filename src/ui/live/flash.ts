import { keyframes, styled } from '@adminjs/design-system/styled-components';
import { REDUCED_MOTION, tint, token } from '../tokens.ts';

const fade = keyframes`
  from { opacity: 1; }
  to { opacity: 0; }
`;

/**
 * Lies over what has just changed and fades. Give it a key that counts the changes, within something positioned. Where
 * motion is unwelcome it is a line at the edge that stays.
 */
export const Flash = styled.span`
  position: absolute;
  inset: 0;
  pointer-events: none;
  background: ${tint(token.accent, 55)};
  mix-blend-mode: multiply;
  border-radius: 4px;
  opacity: 0;
  animation: ${fade} 2.4s ease-out;

  ${REDUCED_MOTION} {
    background: none;
    border-left: 3px solid ${token.accent};
    border-radius: 0;
    opacity: 1;
    animation: none;
  }
`;

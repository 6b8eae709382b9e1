import { keyframes, styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { REDUCED_MOTION, tint, token } from '../tokens.ts';

const fade = keyframes`
  from { opacity: 1; }
  to { opacity: 0; }
`;

const Light = styled.span`
  position: absolute;
  inset: 0;
  pointer-events: none;
  background: ${tint(token.accent, 40)};
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

/**
 * Lies over what has changed `count` times, lights up at each, and fades; its parent is positioned. Where motion is
 * unwelcome it is a line at the edge that stays.
 */
export function ChangeFlash({ count = 0 }: { count?: number }): React.ReactElement | null {
  return count > 0 ? <Light key={count} className="changed" /> : null;
}

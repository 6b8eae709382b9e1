import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { Menu } from 'react-feather';
import ConnectionBadge from '../live/connection-badge.tsx';
import { NAVIGATION_OVER, TOP_BAR_HEIGHT, token } from '../tokens.ts';
import LoggedIn from './logged-in.tsx';

const Bar = styled.header`
  position: sticky;
  top: 0;
  z-index: 20;
  display: flex;
  flex: none;
  align-items: center;
  justify-content: space-between;
  box-sizing: border-box;
  height: ${TOP_BAR_HEIGHT};
  padding: 0 16px;
  border-bottom: 1px solid ${token.line};
  background: ${token.surface};
`;

const MenuButton = styled.button`
  display: none;
  margin-left: -8px;
  padding: 8px;
  border: 0;
  border-radius: ${token.radius};
  background: none;
  color: ${token.ink};
  cursor: pointer;

  ${NAVIGATION_OVER} {
    display: inline-flex;
  }
`;

const Space = styled.div`
  flex: 1;
`;

/** What stands above every page: the navigation's button where the navigation is hidden, and who is signed in. */
export default function TopBar({ toggleSidebar }: { toggleSidebar: () => void }) {
  return (
    <Bar role="banner">
      <MenuButton type="button" onClick={toggleSidebar} aria-label="Navigation">
        <Menu size={22} aria-hidden />
      </MenuButton>
      <Space />
      <ConnectionBadge />
      <LoggedIn />
    </Bar>
  );
}

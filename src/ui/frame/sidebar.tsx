import { Icon } from '@adminjs/design-system';
import { css, styled } from '@adminjs/design-system/styled-components';
import { type ReduxState, type ResourceJSON, useTranslation } from 'adminjs';
import React from 'react';
import { useSelector } from 'react-redux';
import { NavLink } from 'react-router-dom';
import { siteUrl } from '../site-url.ts';
import { NAVIGATION_OVER, token } from '../tokens.ts';
import { SkipLink } from './skip-link.tsx';

const WIDTH = '232px';

const Rail = styled.nav`
  display: flex;
  flex: none;
  flex-direction: column;
  width: ${WIDTH};
  overflow-y: auto;
  padding: 18px 12px;
  background: ${token.night};
  color: #d9d6f2;

  ${NAVIGATION_OVER} {
    position: fixed;
    z-index: 50;
    top: 0;
    bottom: 0;
    left: 0;
    box-shadow: ${token.shadow};

    &.hidden {
      display: none;
    }
  }
`;

const Brand = styled.a`
  display: block;
  margin: 0 6px 20px;

  & > img {
    display: block;
    width: 172px;
  }
`;

const Group = styled.p`
  margin: 18px 10px 6px;
  color: #a49fd0;
  font-size: 11px;
  font-weight: 600;
  letter-spacing: 0.06em;
  text-transform: uppercase;
`;

const ITEM = css`
  display: flex;
  align-items: center;
  gap: 10px;
  padding: 8px 10px;
  border-radius: ${token.radius};
  color: #d9d6f2;
  font-size: 14px;
  line-height: 20px;
  text-decoration: none;

  &:hover {
    background: #221f42;
    color: #ffffff;
  }

  &.active {
    background: #2d2957;
    color: #ffffff;
    font-weight: 600;
    box-shadow: inset 3px 0 0 ${token.accent};
  }

  & svg {
    flex: none;
    color: currentcolor;
    stroke: currentcolor;
  }
`;

const Item = styled(NavLink)`
  ${ITEM}
`;

const OuterItem = styled.a`
  ${ITEM}
`;

interface HomePage {
  /** Whether this person may look at `/live-board`. */
  readonly seesWallboard: boolean;
}

/** The store's navigation: the home page, then every table this person may list, in its group. */
export default function Sidebar({ isVisible }: { isVisible: boolean }) {
  const { translateLabel } = useTranslation();
  const resources = useSelector((state: ReduxState) => state.resources);
  const root = useSelector((state: ReduxState) => state.paths.rootPath);
  const { seesWallboard } = useSelector((state: ReduxState) => state.dashboard as HomePage);
  return (
    <>
      <SkipLink />
      <Rail className={isVisible ? 'visible' : 'hidden'} data-css="sidebar" aria-label="Main">
        <Brand href={root}>
          <img src={siteUrl('/brand/logo.svg')} alt="Gorak's Galactic Store, home" />
        </Brand>
        <Item to={root} end>
          <Icon icon="Home" size={17} /> Home
        </Item>
        {seesWallboard && (
          <OuterItem href={siteUrl('/live-board')} target="_blank">
            <Icon icon="Monitor" size={17} /> Wallboard
          </OuterItem>
        )}
        {groupResources(resources).map(([name, members]) => (
          <section key={name} aria-label={name}>
            <Group>{name}</Group>
            {members.map((resource) => (
              <Item key={resource.id} to={String(resource.href)}>
                <Icon icon={resource.navigation?.icon || 'Database'} size={17} />
                {translateLabel(resource.name, resource.id)}
              </Item>
            ))}
          </section>
        ))}
      </Rail>
    </>
  );
}

function groupResources(resources: readonly ResourceJSON[]): [string, ResourceJSON[]][] {
  const groups = new Map<string, ResourceJSON[]>();
  for (const resource of resources) {
    const name = resource.navigation?.name;
    if (!name || !resource.href) continue;
    groups.set(name, [...(groups.get(name) ?? []), resource]);
  }
  return [...groups];
}

import { styled } from '@adminjs/design-system/styled-components';
import { type ActionJSON, type ResourceJSON, useTranslation, ViewHelpers } from 'adminjs';
import React from 'react';
import { findAbout } from '../action/action-display.ts';
import { ButtonLink } from '../button.ts';
import { formatCount } from '../format.ts';
import { usePageTitle } from '../frame/use-page-title.ts';
import { token } from '../tokens.ts';

/** What the list is of, how many rows there are, and what can be done with the table as a whole. */
export function ListHead({
  resource,
  total,
  actionLabel,
}: {
  resource: ResourceJSON;
  /** Null while it is not known. */
  total: number | null;
  actionLabel(action: ActionJSON): string;
}): React.ReactElement {
  const { translateLabel } = useTranslation();
  usePageTitle(translateLabel(resource.id));
  const actions = resource.resourceActions.filter(({ name }) => name !== 'list' && name !== 'search');
  const href = ({ name }: ActionJSON) =>
    new ViewHelpers().resourceActionUrl({ resourceId: resource.id, actionName: name });
  const about = findAbout(resource.resourceActions);
  // AdminJS calls its own 'new' primary always; where the table has a page of its own for that, that one is.
  const main = actions.find(({ name, variant }) => name !== 'new' && isToned(variant)) ?? actions[0];
  return (
    <Head>
      <h1>
        {translateLabel(resource.id)} <small>{total === null ? '\u00a0' : formatCount(total)}</small>
      </h1>
      <div>
        {actions.map((action) => (
          <ButtonLink key={action.name} to={href(action)} className={action === main ? 'primary' : undefined}>
            {actionLabel(action)}
          </ButtonLink>
        ))}
      </div>
      {about ? <p>{about}</p> : null}
    </Head>
  );
}

function isToned(variant: string): boolean {
  return variant === 'primary';
}

const Head = styled.header`
  display: flex;
  flex-wrap: wrap;
  gap: 8px 24px;
  align-items: center;
  justify-content: space-between;
  min-height: 40px;

  & h1 {
    margin: 0;
    font-size: 24px;
    font-weight: 650;
    line-height: 32px;
    letter-spacing: -0.01em;
  }
  & h1 small {
    margin-left: 6px;
    font-size: 15px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    color: ${token.muted};
  }
  & > div {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  & > p {
    flex-basis: 100%;
    margin: 0;
    color: ${token.muted};
  }
`;

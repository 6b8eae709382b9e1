import { styled } from '@adminjs/design-system/styled-components';
import { type ActionJSON, type ResourceJSON, useTranslation, ViewHelpers } from 'adminjs';
import React from 'react';
import { ButtonLink } from '../button.ts';
import { formatCount } from '../format.ts';
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
  const actions = resource.resourceActions.filter(({ name }) => name !== 'list' && name !== 'search');
  const href = ({ name }: ActionJSON) =>
    new ViewHelpers().resourceActionUrl({ resourceId: resource.id, actionName: name });
  const isPrimary = ({ name, variant }: ActionJSON) =>
    actions.length === 1 || (variant as string) === 'primary' || (name === 'new' && !actions.some(isToned));
  return (
    <Head>
      <h1>
        {translateLabel(resource.id)} <small>{total === null ? '\u00a0' : formatCount(total)}</small>
      </h1>
      <div>
        {actions.map((action) => (
          <ButtonLink
            key={action.name}
            to={href(action)}
            className={isPrimary(action) ? 'primary' : undefined}
          >
            {actionLabel(action)}
          </ButtonLink>
        ))}
      </div>
    </Head>
  );
}

function isToned({ variant }: ActionJSON): boolean {
  return (variant as string) === 'primary';
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
`;

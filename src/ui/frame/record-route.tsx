import { styled } from '@adminjs/design-system/styled-components';
import { useTranslation, ViewHelpers } from 'adminjs';
import React from 'react';
import { useParams } from 'react-router-dom';
import { ButtonLink } from '../button.ts';

interface RecordRouteProps {
  readonly OriginalComponent: React.ComponentType;
}

/** A row's page; where the row is not there, what AdminJS says of it and the way back to the list. */
export default function RecordRoute({ OriginalComponent }: RecordRouteProps): React.ReactElement {
  const { resourceId = '' } = useParams();
  const { translateLabel } = useTranslation();
  return (
    <Around>
      <OriginalComponent />
      <WayBack>
        <ButtonLink to={new ViewHelpers().resourceUrl({ resourceId })}>
          Back to {translateLabel(resourceId).toLowerCase()}
        </ButtonLink>
      </WayBack>
    </Around>
  );
}

const WayBack = styled.p`
  display: none;
  margin: 0;
  text-align: center;
`;

const Around = styled.div`
  display: contents;

  & > :is([data-testid='NoActionError'], [data-testid='NoRecordError']) {
    height: auto;
    min-height: 0;
    padding: 48px 16px 24px;
    flex: none;

    & ~ ${WayBack} {
      display: block;
    }
  }
`;

import { styled } from '@adminjs/design-system/styled-components';
import { type ActionHeaderProps, useTranslation } from 'adminjs';
import React from 'react';
import { PageHead } from '../action/page-head.tsx';

/** The head of the pages that draw none themselves, forms above all: what is done, and to which row. */
export default function ActionHeader({
  resource,
  action,
  record,
}: ActionHeaderProps): React.ReactElement | null {
  const { translateAction } = useTranslation();
  if (action.hideActionHeader) return null;
  const label = translateAction(action.label, resource.id);
  return (
    <Space>
      <PageHead
        resource={resource}
        title={record ? `${label} ${record.title}` : label}
        presence={record && action.name === 'edit' ? { recordId: record.id, mode: 'editing' } : undefined}
      />
    </Space>
  );
}

const Space = styled.div`
  margin-bottom: 16px;
`;

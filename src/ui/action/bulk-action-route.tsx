import { Box } from '@adminjs/design-system';
import {
  BaseActionComponent,
  NoResourceError,
  type RecordJSON,
  useNotice,
  useResource,
  ViewHelpers,
} from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { loadRowsById } from '../list/load-rows.ts';
import { useSelectedIds } from './use-selected-ids.ts';

/** The page of an action on many rows. Without any, as where its address was copied, it leads back to the list. */
export default function BulkActionRoute(): React.ReactElement {
  const { resourceId = '', actionName = '' } = useParams();
  const resource = useResource(resourceId);
  const records = useSelectedRows(resourceId);
  const action = records?.flatMap(({ bulkActions }) => bulkActions).find(({ name }) => name === actionName);
  if (!resource) return <NoResourceError resourceId={resourceId} />;
  return (
    <Box as="main" variant="transparent" mx="auto" width={1} aria-busy={!action}>
      {records && action ? (
        <BaseActionComponent action={action} resource={resource} records={[...records]} />
      ) : null}
    </Box>
  );
}

const NONE_SELECTED = 'No rows are selected. Choose them in this list, then what to do with them.';
const NONE_LEFT = 'None of the selected rows is there any more.';

/** Null until they have been read; where there are none the list says why. */
function useSelectedRows(resourceId: string): readonly RecordJSON[] | null {
  const ids = useSelectedIds();
  const [records, setRecords] = useState<readonly RecordJSON[] | null>(null);
  const navigate = useNavigate();
  const addNotice = useNotice();
  const leave = (message: string) => {
    addNotice({ message, type: 'error' });
    navigate(new ViewHelpers().resourceUrl({ resourceId }), { replace: true });
  };
  useEffect(() => {
    if (ids.length === 0) return leave(NONE_SELECTED);
    loadRowsById(resourceId, ids).then(({ records: found, refusal }) =>
      found.length > 0 ? setRecords(found) : leave(refusal ?? NONE_LEFT),
    );
  }, [resourceId, ids.join()]);
  return records;
}

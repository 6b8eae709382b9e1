import { styled } from '@adminjs/design-system/styled-components';
import { type ActionProps, type RecordJSON, type ResourceJSON, useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { Filter } from 'react-feather';
import { useSearchParams } from 'react-router-dom';
import { QueueTabs } from '../action/queue-tabs.tsx';
import { PlainButton } from '../button.ts';
import { DeleteDialog, Refusal } from '../show/delete-dialog.tsx';
import { NARROW, TOP_BAR_HEIGHT, token } from '../tokens.ts';
import { ArrivalsPill } from './arrivals-pill.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { ListHead } from './list-head.tsx';
import { type Filters, readFilters, withFilters, withoutRefresh, withParams } from './list-params.ts';
import { NoRecords } from './no-records.tsx';
import { Pager } from './pager.tsx';
import { RowsTable } from './rows-table.tsx';
import { SearchBox } from './search-box.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { Direction } from './sort-header.tsx';
import { SortSelect } from './sort-select.tsx';
import { useLiveList } from './use-live-list.ts';
import { useSelection } from './use-selection.ts';

/** A table's list: search, filters, rows. Its whole state is its address, so that 'back' works. */
export default function ListAction({ resource }: ActionProps): React.ReactElement {
  return <List key={resource.id} resource={resource} />;
}

function useAddress() {
  const [params, setParams] = useSearchParams();
  const isRefresh = params.has('refresh');
  // AdminJS marks the address where it wants the rows read again.
  useEffect(() => {
    if (isRefresh) setParams(withoutRefresh(params), { replace: true });
  }, [isRefresh]);
  return { params, setParams };
}

function List({ resource }: { resource: ResourceJSON }): React.ReactElement {
  const { params, setParams } = useAddress();
  const list = useLiveList(resource, params.toString());
  const { meta, refusal, rows } = list;
  const { records } = rows;
  const filters = readFilters(params);
  const text = params.get('q') ?? '';
  const selection = useSelection(JSON.stringify([text, filters]));
  const [isFiltering, setFiltering] = useState(false);
  const [doomed, setDoomed] = useState<RecordJSON | null>(null);
  const { translateAction, translateLabel } = useTranslation();
  const label = translateLabel(resource.id).toLowerCase();
  const actionLabel = ({ label }: { label: string }) => translateAction(label, resource.id);
  const change = (changes: Parameters<typeof withParams>[1]) => setParams(withParams(params, changes));
  const sort = (sortBy: string, direction: Direction) => change({ sortBy, direction });
  const filter = (next: Filters) => {
    setFiltering(false);
    setParams(withFilters(params, next));
  };
  const search = (q: string) => setParams(withParams(params, { q }), { replace: text !== '' && q !== '' });
  const showArrivals = () => (meta?.hasPrevious ? change({}) : list.reload());
  const finishDelete = () => {
    setDoomed(null);
    selection.clear();
    list.reload();
  };
  const count = Object.keys(filters).length;
  return (
    <Page>
      <ListHead resource={resource} total={meta?.total ?? null} actionLabel={actionLabel} />
      <QueueTabs resource={resource} />
      <Tools>
        <SearchBox label={`Search ${label}`} value={text} onSearch={search} />
        {resource.filterProperties.length > 0 ? (
          <PlainButton type="button" aria-haspopup="dialog" onClick={() => setFiltering(true)}>
            <Filter size={16} aria-hidden /> Filter{count > 0 ? ` (${count})` : ''}
          </PlainButton>
        ) : null}
        <SortSelect
          properties={resource.listProperties}
          sortBy={meta?.sortBy}
          direction={meta?.direction ?? 'asc'}
          onSort={sort}
        />
      </Tools>
      <FilterChips resource={resource} filters={filters} records={records} onChange={filter} />
      {refusal ? (
        <Refusal role="alert">
          {refusal} <PlainButton onClick={list.reload}>Try again</PlainButton>
        </Refusal>
      ) : null}
      {meta && meta.unsearched.length > 0 ? (
        <Note role="status">
          Not searched: {meta.unsearched.join(', ')}. Looking there took too long; filters narrow it down.
        </Note>
      ) : null}
      <Sheet className="rows">
        <ArrivalsPill resourceId={resource.id} rows={rows} onShow={showArrivals} />
        {selection.ids.length > 0 ? (
          <SelectionBar resourceId={resource.id} selection={selection} actionLabel={actionLabel} />
        ) : null}
        {meta && records.length === 0 ? (
          <NoRecords
            label={label}
            text={text}
            isFiltered={count > 0}
            onClear={() => setParams(withFilters(withParams(params, { q: null }), {}))}
          />
        ) : (
          <RowsTable
            resource={resource}
            list={list}
            selection={selection}
            actionLabel={actionLabel}
            onSort={sort}
            onDelete={setDoomed}
          />
        )}
        {meta ? (
          <Pager
            meta={meta}
            shown={records.length}
            onPage={change}
            onPageSize={(size) => change({ perPage: String(size) })}
          />
        ) : null}
      </Sheet>
      {isFiltering ? (
        <FilterPanel
          resource={resource}
          filters={filters}
          onApply={filter}
          onClose={() => setFiltering(false)}
        />
      ) : null}
      {doomed ? (
        <DeleteDialog
          resourceId={resource.id}
          record={doomed}
          onDeleted={finishDelete}
          onCancel={() => setDoomed(null)}
        />
      ) : null}
    </Page>
  );
}

/** As high as the window leaves it below the top bar and within the page's margins, so that the pager stays in sight. */
const Page = styled.main`
  display: flex;
  flex-direction: column;
  gap: 12px;
  min-width: 0;
  height: calc(100vh - ${TOP_BAR_HEIGHT} - 64px);
  min-height: 520px;
  color: ${token.ink};

  & > * {
    flex: none;
  }
  & > .rows {
    flex: 0 1 auto;
  }
  ${NARROW} {
    height: auto;
  }
`;

const Tools = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
`;

const Note = styled.p`
  margin: 0;
  font-size: 13px;
  color: ${token.muted};
`;

const Sheet = styled.div`
  position: relative;
  display: flex;
  flex-direction: column;
  min-width: 0;
  min-height: 0;
  overflow: hidden;
  background: ${token.surface};
  border: 1px solid ${token.line};
  border-radius: 10px;
`;

import {
  type ActionJSON,
  type BasePropertyJSON,
  type RecordJSON,
  type ResourceJSON,
  ViewHelpers,
} from 'adminjs';
import React from 'react';
import { useNavigate } from 'react-router';
import { Link } from 'react-router-dom';
import { findDocuments } from '../action/action-display.ts';
import { ChangeFlash } from '../live/flash.tsx';
import { own } from '../own.ts';
import { displayOf, isNumeric, isUnsaid } from '../property-display.ts';
import { Value } from '../value/value.tsx';
import { RowMark } from './row-mark.tsx';
import { RowMenu } from './row-menu.tsx';
import { type Direction, SortHeader } from './sort-header.tsx';
import { Table, TableFrame } from './table-styles.ts';
import type { LiveList } from './use-live-list.ts';
import type { Selection } from './use-selection.ts';

/** As many as a page has where nobody chose. */
const WAITING_ROWS = 25;

export interface RowsTableProps {
  readonly resource: ResourceJSON;
  readonly list: LiveList;
  readonly selection: Selection;
  actionLabel(action: ActionJSON): string;
  onSort(column: string, direction: Direction): void;
  onDelete(record: RecordJSON): void;
}

/** The rows of a page of the list. */
export function RowsTable(props: RowsTableProps): React.ReactElement {
  const { resource, list, selection, onSort } = props;
  const { meta, isLoading } = list;
  const { records } = list.rows;
  const hasBulk = records.some((record) => record.bulkActions.length > 0 || findDocuments(record).length > 0);
  const linked = findLinkColumn(resource);
  return (
    <TableFrame aria-busy={isLoading && meta !== null} tabIndex={-1}>
      <Table>
        <thead>
          <tr>
            {hasBulk ? (
              <th scope="col" className="check">
                <SelectPage records={records} selection={selection} />
              </th>
            ) : null}
            {resource.listProperties.map((property) => (
              <SortHeader
                key={property.name}
                property={property}
                direction={meta?.sortBy === property.name ? (meta.direction ?? 'asc') : null}
                onSort={(direction) => onSort(property.name, direction)}
              />
            ))}
            <td className="menu" />
          </tr>
        </thead>
        <tbody>
          {meta === null && isLoading ? <WaitingRows columns={resource.listProperties.length} /> : null}
          {records.map((record) => (
            <Row key={record.id} {...props} record={record} hasBulk={hasBulk} linked={linked} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function WaitingRows({ columns }: { columns: number }): React.ReactElement {
  const cells = Array.from({ length: columns }, (_, column) => <td key={`column-${column + 1}`} />);
  const rows = Array.from({ length: WAITING_ROWS }, (_, row) => (
    <tr key={`row-${row + 1}`} className="waiting" aria-hidden>
      {cells}
      <td className="menu" />
    </tr>
  ));
  return <>{rows}</>;
}

function SelectPage({ records, selection }: { records: readonly RecordJSON[]; selection: Selection }) {
  const chosen = records.filter(({ id }) => selection.has(id)).length;
  const isAll = chosen === records.length;
  const showPart = (element: HTMLInputElement | null) => {
    if (element) element.indeterminate = chosen > 0 && !isAll;
  };
  return (
    <input
      ref={showPart}
      type="checkbox"
      aria-label="Select all on this page"
      checked={isAll}
      onChange={() => selection.set(records, !isAll)}
    />
  );
}

interface RowProps extends RowsTableProps {
  readonly record: RecordJSON;
  readonly hasBulk: boolean;
  readonly linked: BasePropertyJSON | undefined;
}

function Row({
  resource,
  list,
  record,
  selection,
  hasBulk,
  linked,
  actionLabel,
  onDelete,
}: RowProps): React.ReactElement {
  const navigate = useNavigate();
  const views = new ViewHelpers();
  const href = views.recordActionUrl({ resourceId: resource.id, recordId: record.id, actionName: 'show' });
  const { removed, changes } = list.rows;
  const isRemoved = removed.has(record.id);
  const open = ({ target, ctrlKey, metaKey, button }: React.MouseEvent) => {
    const isControl = (target as Element).closest('a, button, input, ul, label') !== null;
    if (isControl || isRemoved || button > 1 || window.getSelection()?.toString()) return;
    if (ctrlKey || metaKey || button === 1) window.open(href, '_blank', 'noopener');
    else navigate(href);
  };
  return (
    <tr className={rowClass(list, selection, record.id)} onClick={open} onAuxClick={open}>
      {hasBulk ? (
        <td className="check">
          <input
            type="checkbox"
            aria-label={`Select ${record.title}`}
            checked={selection.has(record.id)}
            onChange={({ target }) => selection.set([record], target.checked)}
          />
        </td>
      ) : null}
      <td className="card-title">
        <Link className="title" to={href}>
          {record.title}
        </Link>
      </td>
      {resource.listProperties.map((property) => (
        <td
          key={property.name}
          data-label={displayOf(property).label}
          className={classOf(property, record, property === linked && resource)}
        >
          <ChangeFlash count={own(own(changes, record.id) ?? {}, property.name)} />
          {property === linked ? (
            <Link className="title" to={href}>
              <CellText property={property} record={record} />
            </Link>
          ) : (
            <Value property={property} record={record} short />
          )}
        </td>
      ))}
      <td className="menu">
        <RowMark rows={list.rows} id={record.id} />
        {isRemoved ? null : (
          <RowMenu resourceId={resource.id} record={record} labelOf={actionLabel} onDelete={onDelete} />
        )}
      </td>
    </tr>
  );
}

function rowClass({ rows, welcomed }: LiveList, selection: Selection, id: string): string {
  const classes = {
    selected: selection.has(id),
    removed: rows.removed.has(id),
    strayed: rows.strayed.has(id),
    welcomed: welcomed.has(id),
  };
  return Object.entries(classes)
    .filter(([, applies]) => applies)
    .map(([name]) => name)
    .join(' ');
}

/** A value without a link of its own. */
function CellText({
  property,
  record,
}: {
  property: BasePropertyJSON;
  record: RecordJSON;
}): React.ReactElement {
  if (isLinkItself(property)) return <span>{record.title}</span>;
  return <Value property={property} record={record} short />;
}

function classOf(property: BasePropertyJSON, { params }: RecordJSON, linkedOf: ResourceJSON | false) {
  // The title of a card says it already.
  if (linkedOf && linkedOf.titleProperty.name === property.name) return 'named';
  const side = isNumeric(displayOf(property)) && !property.isId ? 'number' : '';
  const value: unknown = own(params, property.name) ?? null;
  const content = value === null || isUnsaid(displayOf(property), String(value)) ? 'empty' : '';
  return `${content} ${side}`.trim() || undefined;
}

function isLinkItself(property: BasePropertyJSON): boolean {
  const { reference, kind } = displayOf(property);
  return reference !== null || kind === 'email';
}

/** The column whose values lead to the row's page: the title, else the first that is no link itself. */
function findLinkColumn({ listProperties, titleProperty }: ResourceJSON): BasePropertyJSON | undefined {
  const plain = listProperties.filter((property) => !isLinkItself(property));
  return plain.find(({ name }) => name === titleProperty.name) ?? plain[0] ?? listProperties[0];
}

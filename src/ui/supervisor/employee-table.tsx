import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { formatInteger } from '../format.ts';
import { token } from '../tokens.ts';
import { FigureLink } from './figure-link.tsx';
import type { EmployeeFigure } from './figures.ts';
import { FreshValue } from './fresh.tsx';
import { dayShipmentsUrl, openOrdersUrl } from './links.ts';

const COLUMNS = [
  { key: 'toPack', label: 'To pack', filters: { status: 'assigned', on_hold: 'false' } },
  { key: 'toShip', label: 'To ship', filters: { status: 'packed,partially_shipped', on_hold: 'false' } },
  { key: 'onHold', label: 'On hold', filters: { on_hold: 'true' } },
  { key: 'open', label: 'Open', filters: {} },
] as const;

/** What each employee has to do, and has shipped on this day. */
export function EmployeeTable({ employees, day }: { employees: readonly EmployeeFigure[]; day: string }) {
  return (
    <Table>
      <thead>
        <tr>
          <th scope="col">Employee</th>
          {COLUMNS.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
          <th scope="col">Shipped today</th>
        </tr>
      </thead>
      <tbody>
        {employees.map((employee) => (
          <tr key={employee.id}>
            <th scope="row">{employee.name}</th>
            {COLUMNS.map(({ key, filters }) => (
              <Figure
                key={key}
                count={employee[key]}
                href={openOrdersUrl({ ...filters, employee_id: String(employee.id) })}
              />
            ))}
            <Figure count={employee.shipped} href={dayShipmentsUrl(day, employee.id)} />
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Figure({ count, href }: { count: number; href: string }) {
  return (
    <td className={count === 0 ? 'none' : undefined}>
      <FigureLink href={href}>
        <FreshValue>{formatInteger(count)}</FreshValue>
      </FigureLink>
    </td>
  );
}

const Table = styled.table`
  width: 100%;
  border-collapse: collapse;
  color: ${token.ink};
  font-size: 14px;
  font-variant-numeric: tabular-nums;
  line-height: 1.45;

  & :is(th, td) {
    padding: 0.3em 0.4em;
    border-top: 1px solid ${token.line};
    font-weight: 400;
    text-align: right;
  }

  & th:first-child {
    overflow: hidden;
    max-width: 11em;
    text-align: left;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  & thead th {
    position: sticky;
    top: 0;
    border-top: 0;
    background: ${token.surface};
    color: ${token.muted};
    font-size: 0.9em;
    vertical-align: bottom;
  }

  & a {
    color: ${token.link};
    text-decoration: none;
  }

  & .none,
  & .none a {
    color: ${token.muted};
  }

  & a:hover {
    text-decoration: underline;
  }
`;

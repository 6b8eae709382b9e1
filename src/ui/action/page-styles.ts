import { styled } from '@adminjs/design-system/styled-components';
import { NARROW, token } from '../tokens.ts';

/** A page of a row or a task: its head, then cards. */
export const Page = styled.div`
  display: flex;
  flex-direction: column;
  gap: 16px;
  max-width: 1320px;
  padding-bottom: 32px;
  font-size: 14px;
  line-height: 20px;
  color: ${token.ink};

  & > [role='alert']:empty {
    display: none;
  }
  & > [role='alert'] > div,
  & > [role='status'] {
    margin: 0;
  }
`;

/** What matters most at the left, what goes with it at the right; one below the other on narrow screens. */
export const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) 340px;
  gap: 16px;
  align-items: start;

  & > div {
    display: flex;
    flex-direction: column;
    gap: 16px;
    min-width: 0;
  }
  @media (max-width: 1100px) {
    grid-template-columns: minmax(0, 1fr);
  }
`;

export const Card = styled.section`
  padding: 16px 20px;
  background: ${token.surface};
  border: 1px solid ${token.line};
  border-radius: 10px;

  & > h2 {
    display: flex;
    gap: 8px;
    align-items: baseline;
    justify-content: space-between;
    margin: 0 0 10px;
    font-size: 14px;
    font-weight: 600;
    line-height: 20px;
  }
  & > h2 > small {
    font-size: 12px;
    font-weight: 400;
    color: ${token.muted};
  }
  & > p {
    margin: 0;
  }
  & > :not(h2) + dl {
    margin-top: 12px;
  }
  & > button {
    width: 100%;
    margin: 14px 0 8px;
  }
  & > [role='status'] {
    font-size: 12px;
    color: ${token.muted};
    text-align: center;
  }
  ${NARROW} {
    padding: 14px 16px;
  }
`;

/** Rows of figures. On narrow screens a row becomes a block, and each cell tells its heading by `data-label`. */
export const DataTable = styled.table`
  width: 100%;
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;

  & th,
  & td {
    padding: 8px 10px;
    text-align: left;
    vertical-align: top;
    border-bottom: 1px solid ${token.line};
  }
  & th:first-child,
  & td:first-child {
    padding-left: 0;
  }
  & th:last-child,
  & td:last-child {
    padding-right: 0;
  }
  & thead th {
    font-size: 12px;
    font-weight: 500;
    line-height: 16px;
    color: ${token.muted};
    white-space: nowrap;
  }
  & tbody tr:last-child > * {
    border-bottom: 0;
  }
  & .number {
    text-align: right;
    white-space: nowrap;
  }
  & small {
    color: ${token.muted};
  }
  ${NARROW} {
    &,
    & tbody,
    & tr {
      display: block;
    }
    & thead {
      display: none;
    }
    & tr {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 16px;
      align-items: center;
      padding: 10px 0;
      border-bottom: 1px solid ${token.line};
    }
    & tbody tr:last-child {
      border-bottom: 0;
    }
    & td {
      padding: 0;
      border: 0;
    }
    & td:first-child {
      flex-basis: 100%;
    }
    & td[data-label]::before {
      content: attr(data-label) ' ';
      font-size: 12px;
      color: ${token.muted};
    }
    & td > input {
      margin-left: 0;
    }
    & td:empty {
      display: none;
    }
  }
`;

/** Names and values, one below the other. */
export const Facts = styled.dl`
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: 5px 16px;
  margin: 0;

  & dt {
    color: ${token.muted};
  }
  & dd {
    position: relative;
    margin: 0;
    overflow-wrap: anywhere;
  }
  &.money {
    column-gap: 0;
  }
  &.money dd {
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
  & .total {
    padding-top: 5px;
    font-weight: 600;
    color: ${token.ink};
    border-top: 1px solid ${token.line};
  }
`;

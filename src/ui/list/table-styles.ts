import { keyframes, styled } from '@adminjs/design-system/styled-components';
import { NARROW, REDUCED_MOTION, tint, token } from '../tokens.ts';

const welcome = keyframes`
  from { background: ${tint(token.accent, 30)}; }
`;

/** Scrolls within the window, so that the heading and the pager stay in sight. */
export const TableFrame = styled.div`
  flex: 0 1 auto;
  min-height: 120px;
  overflow: auto;
  background: ${token.surface};

  &[aria-busy='true'] > table {
    opacity: 0.55;
  }
  ${NARROW} {
    overflow: visible;
  }
`;

/** The rows. On narrow screens each row is a card whose cells tell their heading by `data-label`. */
export const Table = styled.table`
  width: 100%;
  border-collapse: separate;
  border-spacing: 0;
  font-size: 14px;
  line-height: 20px;
  font-variant-numeric: tabular-nums;
  color: ${token.ink};

  & th,
  & td {
    padding: 8px 12px;
    text-align: left;
    vertical-align: middle;
    border-bottom: 1px solid ${token.line};
  }
  & th {
    position: sticky;
    z-index: 1;
    top: 0;
    font-size: 12px;
    font-weight: 600;
    color: ${token.muted};
    white-space: nowrap;
    background: ${token.surface};
  }
  & th button {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    margin: -4px 0;
    padding: 4px 0;
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    cursor: pointer;
  }
  & th button:hover,
  & th[aria-sort$='ending'] {
    color: ${token.ink};
  }
  & td {
    position: relative;
    max-width: 340px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  & .number {
    text-align: right;
  }
  & .number button {
    flex-direction: row-reverse;
  }
  & .check {
    width: 16px;
    padding-right: 4px;
    padding-left: 16px;
  }
  & .check input {
    display: block;
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: ${token.link};
    cursor: pointer;
  }
  & .menu {
    width: 40px;
    padding: 0 10px;
    text-align: right;
  }
  & .card-title {
    display: none;
  }
  & tbody tr {
    cursor: pointer;
  }
  & tbody tr:hover {
    background: ${token.hover};
  }
  & tbody tr.selected {
    background: ${token.selected};
  }
  & tbody tr.welcomed {
    animation: ${welcome} 3s ease-out;

    ${REDUCED_MOTION} {
      box-shadow: inset 3px 0 ${token.accent};
      animation: none;
    }
  }
  & tbody tr.strayed > td:not(.menu, .check),
  & tbody tr.removed > td:not(.menu) {
    opacity: 0.5;
    transition: opacity 0.6s;
  }
  & tbody tr.removed {
    cursor: default;
  }
  & tbody tr.removed > td:not(.menu) {
    text-decoration: line-through;
  }
  & tbody td.menu {
    overflow: visible;
  }
  & a.title {
    font-weight: 600;
    color: ${token.ink};
    text-decoration: none;
  }
  & a.title:hover {
    text-decoration: underline;
  }
  & .waiting td {
    cursor: default;
  }
  & .waiting td:not(.menu)::after {
    content: '';
    display: block;
    width: 60%;
    height: 12px;
    margin: 4px 0;
    background: ${token.line};
    border-radius: 6px;
  }
  ${NARROW} {
    &,
    & tbody {
      display: block;
    }
    & thead,
    & td.empty,
    & td.named {
      display: none;
    }
    & tbody tr {
      position: relative;
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 6px 12px;
      padding: 12px 14px;
      border-bottom: 1px solid ${token.line};
    }
    & tbody tr:has(.check) {
      padding-left: 44px;
    }
    & td {
      max-width: none;
      padding: 0;
      white-space: normal;
      overflow-wrap: anywhere;
      border: 0;
    }
    & td[data-label]::before {
      display: block;
      content: attr(data-label);
      font-size: 12px;
      line-height: 16px;
      color: ${token.muted};
    }
    & td.number {
      text-align: left;
    }
    & .card-title {
      display: block;
      grid-column: 1 / -1;
      padding-right: 40px;
      font-size: 15px;
    }
    & td.check {
      position: absolute;
      top: 14px;
      left: 14px;
      padding: 0;
    }
    & td.menu {
      position: absolute;
      top: 8px;
      right: 10px;
      width: auto;
      padding: 0;
    }
  }
`;

import { styled } from '@adminjs/design-system/styled-components';
import { NARROW, token } from '../tokens.ts';

const WIDE = '@media (min-width: 1180px)';

export const Page = styled.main`
  display: flex;
  flex-direction: column;
  gap: 12px;
  box-sizing: border-box;
  max-width: 1760px;
  padding: 18px 24px 32px;

  &.stale {
    opacity: 0.72;
  }

  ${NARROW} {
    padding: 14px 12px 32px;
  }
`;

export const Head = styled.header`
  display: flex;
  flex-wrap: wrap;
  gap: 4px 16px;
  align-items: baseline;
  color: ${token.muted};
  font-size: 14px;
  font-variant-numeric: tabular-nums;

  & > h1 {
    margin: 0;
    color: ${token.ink};
    font-family: ${token.fontDisplay};
    font-size: 20px;
    font-weight: 600;
    line-height: 1.35;
  }
`;

/** Figures and chart beside the feed where there is room; below each other where there is none. */
export const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 12px;

  ${WIDE} {
    grid-template-columns: repeat(12, minmax(0, 1fr));
  }
`;

export const Panel = styled.section`
  display: flex;
  flex-direction: column;
  box-sizing: border-box;
  min-width: 0;
  height: var(--height);
  padding: 12px 14px;
  border: 1px solid ${token.line};
  border-radius: ${token.radius};
  background: ${token.surface};

  ${WIDE} {
    grid-column: span var(--columns);
  }

  & > header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    margin-bottom: 8px;
    font-size: 13px;
  }

  & > header > h2 {
    flex: 1 0 auto;
    margin: 0;
    color: ${token.ink};
    font-size: 15px;
    font-weight: 600;
    line-height: 20px;
  }

  & > header a {
    color: ${token.link};
  }
`;

/** What a panel holds; more than fits is scrolled to, so that the panel's size never changes. */
export const Scroll = styled.div`
  flex: 1;
  min-height: 0;
  margin: 0 -6px;
  padding: 0 2px;
  overflow-y: auto;
  overscroll-behavior: contain;
  scrollbar-width: thin;
`;

export const Legend = styled.span`
  display: inline-flex;
  gap: 6px;
  align-items: center;
  color: ${token.muted};

  &::before {
    width: 10px;
    height: 10px;
    border-radius: 2px;
    background: var(--series);
    content: '';
  }
`;

/** One of a few to choose from. */
export const Choice = styled.button`
  padding: 2px 10px;
  border: 1px solid ${token.lineStrong};
  border-radius: 999px;
  background: ${token.surface};
  color: ${token.ink};
  font: inherit;
  line-height: 18px;
  cursor: pointer;

  & + & {
    margin-left: 4px;
  }

  &[aria-pressed='true'] {
    border-color: ${token.link};
    background: ${token.link};
    color: ${token.surface};
  }
`;

import { styled } from '@adminjs/design-system/styled-components';
import { NARROW, token } from '../tokens.ts';

export const Page = styled.main`
  max-width: 1280px;
  padding: 28px 32px 48px;

  ${NARROW} {
    padding: 20px 16px 40px;
  }
`;

export const Greeting = styled.h1`
  margin: 0 0 4px;
  color: ${token.ink};
  font-family: ${token.fontDisplay};
  font-size: 24px;
  font-weight: 600;
  line-height: 1.3;
`;

export const Today = styled.p`
  margin: 0 0 24px;
  color: ${token.muted};
  font-size: 14px;
`;

export const Cards = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
  gap: 12px;
  margin: 20px 0;

  ${NARROW} {
    grid-template-columns: 1fr 1fr;
  }
`;

export const Card = styled.div`
  position: relative;
  padding: 14px 16px;
  border: 1px solid ${token.line};
  border-top: 3px solid var(--tone);
  border-radius: ${token.radius};
  background: ${token.surface};

  & > p {
    margin: 0;
    color: ${token.muted};
    font-size: 13px;
    line-height: 18px;
  }

  & > strong {
    display: block;
    margin: 4px 0 2px;
    color: ${token.ink};
    font-size: 24px;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 32px;
  }

  & > small {
    color: ${token.muted};
    font-size: 12px;
  }

  & a {
    color: inherit;
    text-decoration: none;
  }

  & a::after {
    position: absolute;
    inset: 0;
    content: '';
  }

  &:has(a):hover {
    border-color: ${token.lineStrong};
    border-top-color: var(--tone);
  }
`;

export const Panels = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
  gap: 16px;

  ${NARROW} {
    grid-template-columns: 1fr;
  }
`;

export const Panel = styled.section`
  min-width: 0;
  padding: 16px;
  border: 1px solid ${token.line};
  border-radius: ${token.radius};
  background: ${token.surface};

  & > h2 {
    display: flex;
    justify-content: space-between;
    margin: 0 0 10px;
    color: ${token.ink};
    font-size: 15px;
    font-weight: 600;
    line-height: 22px;
  }

  & > h2 > a {
    color: ${token.accentStrong};
    font-size: 13px;
    font-weight: 500;
  }

  & > p {
    margin: 8px 0;
    color: ${token.muted};
    font-size: 14px;
  }
`;

export const Rows = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;

  & > li {
    border-top: 1px solid ${token.line};
  }

  & a {
    display: flex;
    gap: 12px;
    align-items: center;
    margin: 0 -8px;
    padding: 9px 8px;
    border-radius: 6px;
    color: ${token.ink};
    font-size: 14px;
    line-height: 20px;
    text-decoration: none;
  }

  & a:hover {
    background: ${token.hover};
  }

  & a > span:first-child {
    flex: 1;
    min-width: 0;
  }

  & a > span:not(:first-child) {
    flex: none;
  }

  & small {
    display: block;
    overflow: hidden;
    color: ${token.muted};
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  & data {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
`;

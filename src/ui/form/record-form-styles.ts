import { styled } from '@adminjs/design-system/styled-components';
import { NARROW, tint, token } from '../tokens.ts';

export const FormCard = styled.form`
  position: relative;
  max-width: 880px;
  padding: 24px 24px 0;
  background: ${token.surface};
  border: 1px solid ${token.line};
  border-radius: 10px;

  ${NARROW} {
    padding: 16px 16px 0;
    border-right: 0;
    border-left: 0;
    border-radius: 0;
  }
`;

export const FormNotice = styled.div`
  display: flex;
  gap: 16px;
  align-items: center;
  justify-content: space-between;
  margin: 0 0 20px;
  padding: 10px 14px;
  font-size: 14px;
  line-height: 20px;
  border-radius: 6px;
  overflow-wrap: anywhere;

  &.error {
    color: ${token.danger};
    background: ${tint(token.danger, 10)};
  }
  &.warning {
    color: ${token.ink};
    background: ${tint(token.warning, 14)};
  }
  &.info {
    color: ${token.ink};
    background: ${tint(token.link, 10)};
  }
`;

/** Stays in sight at the lower edge while a long form is scrolled. */
export const SaveBar = styled.div`
  position: sticky;
  z-index: 20;
  bottom: 0;
  display: flex;
  gap: 12px;
  align-items: center;
  margin: 24px -24px 0;
  padding: 12px 24px;
  background: ${token.surface};
  border-top: 1px solid ${token.line};
  border-radius: 0 0 10px 10px;

  ${NARROW} {
    margin: 20px -16px 0;
    padding: 12px 16px;
    border-radius: 0;
  }
`;

export const ShortcutHint = styled.span`
  margin-left: auto;
  font-size: 12px;
  color: ${token.muted};

  ${NARROW} {
    & span {
      display: none;
    }
  }
`;

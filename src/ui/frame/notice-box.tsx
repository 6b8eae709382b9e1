import { styled } from '@adminjs/design-system/styled-components';
import { type NoticeMessageInState, type ReduxState, useTranslation } from 'adminjs';
import React, { useEffect } from 'react';
import { AlertCircle, CheckCircle, X } from 'react-feather';
import { useDispatch, useSelector } from 'react-redux';
import { token } from '../tokens.ts';

const SUCCESS_MS = 4_000;

const Stack = styled.div`
  position: fixed;
  z-index: 80;
  right: 16px;
  bottom: 16px;
  display: flex;
  flex-direction: column;
  gap: 8px;
  width: min(440px, calc(100vw - 32px));
`;

const Note = styled.div`
  display: flex;
  gap: 10px;
  align-items: flex-start;
  padding: 12px 14px;
  border: 1px solid ${token.line};
  border-left: 4px solid var(--tone);
  border-radius: ${token.radius};
  background: ${token.surface};
  color: ${token.ink};
  font-size: 14px;
  line-height: 20px;
  box-shadow: ${token.shadow};

  & > svg {
    flex: none;
    margin-top: 2px;
    color: var(--tone);
  }

  & > span {
    flex: 1;
    overflow-wrap: anywhere;
  }

  & > button {
    flex: none;
    padding: 2px;
    border: 0;
    background: none;
    color: ${token.muted};
    cursor: pointer;
  }
`;

/** What has just happened, in a corner: good news goes by itself, bad news stays until it has been read. */
export default function NoticeBox() {
  const notices = useSelector((state: ReduxState) => state.notices);
  return (
    <Stack data-css="notice-wrapper" aria-live="polite">
      {notices.map((notice) => (
        <Notice key={notice.id} notice={notice} />
      ))}
    </Stack>
  );
}

function Notice({ notice }: { notice: NoticeMessageInState }) {
  const { translateMessage } = useTranslation();
  const dispatch = useDispatch();
  const isError = notice.type === 'error';
  const drop = () => dispatch({ type: 'DROP_NOTICE', data: { noticeId: notice.id } });
  useEffect(() => {
    const timer = isError ? undefined : setTimeout(drop, SUCCESS_MS);
    return () => clearTimeout(timer);
  }, [notice.id]);
  return (
    <Note
      role={isError ? 'alert' : 'status'}
      style={{ '--tone': isError ? token.danger : token.success } as React.CSSProperties}
    >
      {isError ? <AlertCircle size={17} aria-hidden /> : <CheckCircle size={17} aria-hidden />}
      <span>{translateMessage(notice.message, notice.resourceId, notice.options)}</span>
      <button type="button" onClick={drop} aria-label="Close this message">
        <X size={16} aria-hidden />
      </button>
    </Note>
  );
}

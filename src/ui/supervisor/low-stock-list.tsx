import React from 'react';
import { FigureLink } from './figure-link.tsx';
import { FreshValue } from './fresh.tsx';
import { filmUrl } from './links.ts';
import { Lines, Nothing } from './list-styles.ts';
import { describeNoFilms, type LowFilmsProps } from './low-films.ts';

/** Films that run low, least available first. */
export function LowStockList({ films, count }: LowFilmsProps) {
  if (films.length === 0) return <Nothing>{describeNoFilms(count)}</Nothing>;
  return (
    <Lines aria-label="Films that run low">
      {films.map(({ id, title, available, threshold }) => (
        <li key={id}>
          <span>
            <FigureLink href={filmUrl(id)}>{title}</FigureLink>
          </span>
          <b className={available <= 0 ? 'late' : undefined}>
            <FreshValue>{available <= 0 ? 'sold out' : `${available} left`}</FreshValue>
          </b>
          {threshold === undefined ? null : <small>low at {threshold}</small>}
        </li>
      ))}
    </Lines>
  );
}

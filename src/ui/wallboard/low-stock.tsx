import React from 'react';
import { AlertTriangle } from 'react-feather';
import { describeNoFilms, type LowFilmsProps } from '../supervisor/low-films.ts';
import { Changing } from './changing.tsx';

export const LOW_SHOWN = 12;

/** Films that run low, least available first; as many lines as there is room for. */
export function LowStock({ films, count }: LowFilmsProps) {
  return (
    <section className="panel low" aria-label="Films that run low">
      <h2>Running low</h2>
      {films.length === 0 ? <p className="nothing">{describeNoFilms(count)}</p> : null}
      <ol className="lines">
        {films.slice(0, LOW_SHOWN).map(({ id, title, available }) => (
          <li key={id} className={available <= 0 ? 'danger' : 'warning'}>
            <span>{title}</span>
            {available <= 0 ? (
              <strong>
                <AlertTriangle aria-hidden /> sold out
              </strong>
            ) : (
              <Changing text={`${available} left`} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { styled } from '@adminjs/design-system/styled-components';
import type { ActionProps, BasePropertyJSON, RecordJSON } from 'adminjs';
import React from 'react';
import { findSteps } from '../action/action-display.ts';
import { PageHead } from '../action/page-head.tsx';
import { Card, Columns, Facts, Page } from '../action/page-styles.ts';
import { StepButtons } from '../action/step-buttons.tsx';
import { useRecordPage } from '../action/use-record-page.ts';
import { useSteps } from '../action/use-steps.tsx';
import { FormNotice } from '../form/record-form-styles.ts';
import { ChangeFlash } from '../live/flash.tsx';
import type { LiveRecord } from '../live/live-record.ts';
import { displayOf } from '../property-display.ts';
import { DeletionNotice } from '../show/deletion-notice.tsx';
import { token } from '../tokens.ts';
import { Value } from '../value/value.tsx';
import { MovementsTable, type StockMovement } from './movements-table.tsx';
import { type PriceChange, PriceChangesCard } from './price-changes.tsx';

interface FilmData {
  readonly movements: readonly StockMovement[];
  /** Oldest first. */
  readonly priceChanges: readonly PriceChange[];
}

const FIGURES = ['available', 'stock', 'reserved'];
const LEVEL = 'low_stock';
const CHILDREN = { stock_movements: 'movie_id' };

/** A film's page: what of it is on the shelf, its own columns, and every movement of its stock. */
export default function FilmPage({ resource, record }: ActionProps): React.ReactElement | null {
  return record ? <FilmDetails key={record.id} resource={resource} initial={record} /> : null;
}

function FilmDetails({
  resource,
  initial,
}: Pick<ActionProps, 'resource'> & { initial: RecordJSON }): React.ReactElement {
  const page = useRecordPage<FilmData>(resource, initial, CHILDREN);
  const { record } = page;
  const steps = useSteps(page, record.title);
  const find = (name: string) => resource.showProperties.find((property) => property.name === name);
  const figures = FIGURES.map(find).filter((property) => property !== undefined);
  const level = find(LEVEL);
  const others = resource.showProperties.filter(({ name }) => !FIGURES.includes(name) && name !== LEVEL);
  return (
    <Page>
      <PageHead
        resource={resource}
        title={record.title}
        presence={{ recordId: record.id, mode: 'viewing' }}
        badges={level ? <Value property={level} record={record} /> : null}
      >
        <StepButtons resource={resource} record={record} steps={findSteps(record)} onStep={steps.open} />
      </PageHead>
      <DeletionNotice deletion={page.deletion} singular="film" />
      <div role="alert">
        {steps.refusal ? <FormNotice className="error">{steps.refusal}</FormNotice> : null}
        {page.isFailed ? (
          <FormNotice className="error">This film could not be read. Reload the page.</FormNotice>
        ) : null}
      </div>
      <Columns>
        <div>
          <Figures>
            {figures.map((property) => (
              <Figure key={property.name} property={property} page={page} />
            ))}
          </Figures>
          <Card aria-label="Movements">
            <h2>
              Movements <small>newest first</small>
            </h2>
            <MovementsTable movements={page.data?.movements ?? []} />
          </Card>
        </div>
        <div>
          <Card aria-label="About the film">
            <h2>About the film</h2>
            <Facts>
              {others.map((property) => (
                <React.Fragment key={property.name}>
                  <dt>{displayOf(property).label}</dt>
                  <dd>
                    <ChangeFlash count={page.changes[property.name]} />
                    <Value property={property} record={record} />
                  </dd>
                </React.Fragment>
              ))}
            </Facts>
          </Card>
          <PriceChangesCard changes={page.data?.priceChanges ?? []} />
        </div>
      </Columns>
      {steps.dialog}
    </Page>
  );
}

function Figure({ property, page }: { property: BasePropertyJSON; page: LiveRecord }): React.ReactElement {
  const { label, help } = displayOf(property);
  return (
    <FigureCard title={help ?? undefined}>
      <dt>{label}</dt>
      <dd>
        <ChangeFlash count={page.changes[property.name]} />
        <Value property={property} record={page.record} />
      </dd>
    </FigureCard>
  );
}

const Figures = styled.dl`
  display: grid;
  grid-template-columns: repeat(3, minmax(0, 1fr));
  gap: 12px;
  margin: 0;
`;

const FigureCard = styled.div`
  position: relative;
  padding: 12px 16px;
  background: ${token.surface};
  border: 1px solid ${token.line};
  border-radius: 10px;

  & dt {
    font-size: 13px;
    color: ${token.muted};
  }
  & dd {
    margin: 0;
    font-size: 24px;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    line-height: 32px;
  }
`;

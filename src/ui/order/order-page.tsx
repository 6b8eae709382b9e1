import { type ActionProps, useNotice } from 'adminjs';
import React from 'react';
import { findSteps } from '../action/action-display.ts';
import { PageHead } from '../action/page-head.tsx';
import { Card, Columns, Page } from '../action/page-styles.ts';
import { StepButtons } from '../action/step-buttons.tsx';
import { useRecordPage } from '../action/use-record-page.ts';
import { type StepDialog, useSteps } from '../action/use-steps.tsx';
import { FormNotice } from '../form/record-form-styles.ts';
import { DeletionNotice } from '../show/deletion-notice.tsx';
import { Timestamp } from '../value/timestamp.tsx';
import { Value } from '../value/value.tsx';
import { ChangeLinesDialog } from './change-lines-dialog.tsx';
import { LinesTable } from './lines-table.tsx';
import { CustomerCard, DocumentsCard, MoneyCard, ShipmentsCard } from './order-cards.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import type { OrderView } from './order-view.ts';
import { ShipDialog } from './ship-dialog.tsx';
import { TakeBackDialog } from './take-back-dialog.tsx';

const DIALOGS: Readonly<Record<string, StepDialog<OrderView>>> = {
  ship: ShipDialog,
  takeBack: TakeBackDialog,
  changeLines: ChangeLinesDialog,
};

const CHILDREN = { order_items: 'order_id', shipments: 'order_id' };

/** The step that has a box of its own in the timeline. */
const NOTE = 'note';

/** An order's page: what is in it, what became of it, and the steps that are possible now. */
export default function OrderPage({ resource, record: initial }: ActionProps): React.ReactElement | null {
  return initial ? <OrderDetails key={initial.id} resource={resource} initial={initial} /> : null;
}

function OrderDetails({
  resource,
  initial,
}: Pick<ActionProps, 'resource'> & { initial: NonNullable<ActionProps['record']> }): React.ReactElement {
  const page = useRecordPage<OrderView>(resource, initial, CHILDREN);
  const subject = `Order ${initial.id}`;
  const steps = useSteps(page, subject, DIALOGS);
  const addNotice = useNotice();
  const { record, data: order } = page;
  const possible = findSteps(record);
  const property = (name: string) => resource.showProperties.find((candidate) => candidate.name === name);
  const badge = (name: string) => {
    const found = property(name);
    return found ? <Value property={found} record={record} /> : null;
  };
  return (
    <Page>
      <PageHead
        resource={resource}
        title={subject}
        presence={{ recordId: record.id, mode: 'viewing' }}
        badges={
          <>
            {badge('status')}
            {record.params.on_hold === true ? badge('on_hold') : null}
          </>
        }
        about={order ? <About order={order} /> : null}
      >
        <StepButtons
          resource={resource}
          record={record}
          steps={possible.filter(({ name }) => name !== NOTE)}
          onStep={steps.open}
        />
      </PageHead>
      <DeletionNotice deletion={page.deletion} singular="order" />
      <div role="alert">
        {steps.refusal ? <FormNotice className="error">{steps.refusal}</FormNotice> : null}
        {page.isFailed ? (
          <FormNotice className="error">This order could not be read. Reload the page.</FormNotice>
        ) : null}
      </div>
      {order?.onHold ? (
        <FormNotice className="error">
          <span>
            <strong>On hold</strong>
            {order.holdReason ? `: ${order.holdReason}` : ''}
          </span>
        </FormNotice>
      ) : null}
      {order ? (
        <Columns>
          <div>
            <Card aria-label="Films">
              <h2>Films</h2>
              <LinesTable lines={order.lines} />
            </Card>
            <ShipmentsCard shipments={order.shipments} />
            <OrderTimeline
              entries={order.timeline}
              recordId={record.id}
              note={possible.find(({ name }) => name === NOTE)}
              onOutcome={(outcome) => {
                if (!outcome.ok) return;
                addNotice({ message: outcome.message, type: 'success' });
                page.reload();
              }}
            />
          </div>
          <div>
            {order.customer ? <CustomerCard customer={order.customer} /> : null}
            {order.money ? <MoneyCard money={order.money} /> : null}
            <DocumentsCard order={order} />
          </div>
        </Columns>
      ) : null}
      {steps.dialog}
    </Page>
  );
}

function About({ order }: { order: OrderView }): React.ReactElement {
  return (
    <>
      Placed {order.placedAt ? <Timestamp iso={order.placedAt} short /> : null}
      {order.customer ? ` by ${order.customer.name}` : null}
      {order.employee ? ` · worked on by ${order.employee.name}` : null}
      {order.employee === null ? ' · nobody works on it yet' : null}
    </>
  );
}

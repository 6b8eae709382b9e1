import type { JsonValue } from '../database/column-value.ts';
import type { Refusal } from '../errors.ts';
import type { PanelContext } from './panel-context.ts';
import type { Access, Tone } from './role.ts';

/** One input of an action's form. */
export interface ActionField {
  name: string;
  label: string;
  kind: 'text' | 'longtext' | 'integer' | 'select' | 'reference';
  required?: boolean;
  help?: string;
  /** Choices of a select. */
  options?: readonly { value: string; label: string }[];
  /** The table whose rows a reference chooses from. */
  table?: string;
  /** Of a bulk action's texts: asked for each row, and given by row, as `{ '12': 'GX-1' }`. */
  perRow?: boolean;
}

/** What the form of an action opens with, beyond what is the same for all rows. */
export interface ActionOpening {
  /** What has to be known before the step is taken: 'Zorbina has this order.' Without fields and question, it asks one. */
  readonly warning?: string;
  /** What fields hold at first, by name. */
  readonly values?: Readonly<Record<string, string>>;
  /** What text fields offer, the likeliest first, by name. */
  readonly suggestions?: Readonly<Record<string, readonly string[]>>;
}

/** What an action answers: a sentence for the person, and where to go next (the row's page, when not told). */
export type ActionAnswer =
  | {
      readonly ok: true;
      readonly message: string;
      readonly href?: string;
      /** What a page's component is given to show, as JSON. */
      readonly data?: unknown;
    }
  | Refusal;

interface ActionLook {
  /** Stable name, part of the address: letters, digits and `_`. */
  name: string;
  label: string;
  /** A Feather icon name. */
  icon?: string;
  tone?: 'primary' | 'default' | 'danger';
  can: Access;
  /** A question asked first, for what cannot be undone. */
  confirm?: string;
  fields?: readonly ActionField[];
}

/** A step that can be taken with one row. `input` holds the form's values; the step checks them itself. */
export interface RecordAction extends ActionLook {
  /** Whether the step is offered for a row, by its values; it is checked again when it is taken. */
  isPossible?(row: Readonly<Record<string, JsonValue>>): boolean;
  /** Its form is a part of the `recordPage` component, whose page the step is taken on. */
  formOnPage?: boolean;
  open?(context: PanelContext, id: string): Promise<ActionOpening>;
  run(context: PanelContext, id: string, input: Readonly<Record<string, unknown>>): Promise<ActionAnswer>;
}

/** What became, or would become, of one row of a bulk action. */
export type BulkResult =
  | { readonly id: string; readonly ok: true; readonly message: string }
  | { readonly id: string; readonly ok: false; readonly code: string; readonly message: string };

export type BulkAnswer = { readonly ok: true; readonly results: readonly BulkResult[] } | Refusal;

/** A step that can be taken with many selected rows: `preview` says what would happen, `run` does it, row by row. */
export interface BulkAction extends ActionLook {
  open?(context: PanelContext, ids: readonly string[]): Promise<ActionOpening>;
  preview(
    context: PanelContext,
    ids: readonly string[],
    input: Readonly<Record<string, unknown>>,
  ): Promise<BulkAnswer>;
  run(
    context: PanelContext,
    ids: readonly string[],
    input: Readonly<Record<string, unknown>>,
  ): Promise<BulkAnswer>;
}

/** A page of the table with a component of its own, such as placing an order. */
export interface TablePage extends Omit<ActionLook, 'fields' | 'confirm'> {
  component: string;
  /** What the component is given when it opens. */
  load?(context: PanelContext): Promise<unknown>;
  /** What happens to what the component sends. */
  run(context: PanelContext, input: Readonly<Record<string, unknown>>): Promise<ActionAnswer>;
}

/** Draws a row's page with a component of its own, on data of its own, instead of the generated one. */
export interface RecordPage {
  component: string;
  load(context: PanelContext, id: string): Promise<unknown>;
}

/** A page to print for some rows, such as a packing slip: a whole HTML page, styled by files of `public/` alone. */
export interface PrintDocument {
  name: string;
  label: string;
  can: Access;
  render(context: PanelContext, ids: readonly string[]): Promise<string>;
}

/** A ready-made filter with a count, such as 'To pack'; the values are those of the list's address. */
export interface Queue {
  name: string;
  label: string;
  tone?: Tone;
  filters(context: PanelContext): Promise<Readonly<Record<string, string | readonly string[]>>>;
}

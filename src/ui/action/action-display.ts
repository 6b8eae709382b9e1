import type { ActionJSON, RecordJSON } from 'adminjs';

/** One input of an action's form, as the server describes it. */
export interface ActionFieldDisplay {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'longtext' | 'integer' | 'select' | 'reference';
  readonly required?: boolean;
  readonly help?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** The table whose rows a reference chooses from. */
  readonly table?: string;
  /** Asked for each of many rows. */
  readonly perRow?: boolean;
}

/** How an action that a resource file hands over is shown: the `custom` of its AdminJS action. */
export interface ActionDisplay {
  readonly label: string;
  readonly tone: 'primary' | 'default' | 'danger';
  readonly fields: readonly ActionFieldDisplay[];
  /** A question asked first, for what cannot be undone. */
  readonly confirm: string | null;
  /** Whether its form opens with something of the row's own. */
  readonly opens: boolean;
  /** Whether its form is a part of the row's page. */
  readonly formOnPage: boolean;
  /** What can be printed of the selected rows; only bulk actions tell. */
  readonly documents?: readonly DocumentDisplay[];
}

/** A page to print of rows. */
export interface DocumentDisplay {
  readonly name: string;
  readonly label: string;
}

/** What the person may print of a row. */
export function findDocuments({ recordActions }: RecordJSON): readonly DocumentDisplay[] {
  const show = recordActions.find(({ name }) => name === 'show');
  return (show?.custom as Pick<ActionDisplay, 'documents'> | undefined)?.documents ?? [];
}

/** What the resource file says about the table's rows: of its `list` or `show` action. */
export function findAbout(actions: readonly ActionJSON[]): string | null {
  const told = actions.find(({ custom }) => typeof custom?.about === 'string');
  return told?.custom?.about ?? null;
}

/** What the server told of a handed action. */
export function displayOfAction(action: ActionJSON): ActionDisplay {
  return action.custom as ActionDisplay;
}

/** Whether an action is one that a resource file hands over. */
export function isStep({ custom }: ActionJSON): boolean {
  return Array.isArray(custom?.fields);
}

const TONES = ['primary', 'default', 'danger'];

/** The handed actions that the person may take with the row now: the likeliest first, the dangerous ones last. */
export function findSteps(record: RecordJSON): ActionJSON[] {
  const rank = (action: ActionJSON) => TONES.indexOf(displayOfAction(action).tone);
  return record.recordActions.filter(isStep).sort((left, right) => rank(left) - rank(right));
}

/** Whether there is nothing to fill in and nothing to ask: taken by one click, unless its row brings a warning. */
export function isOneClick({ fields, confirm, formOnPage }: ActionDisplay): boolean {
  return fields.length === 0 && confirm === null && !formOnPage;
}

/** The class of a button by the tone of its action. */
export function buttonClass(tone: string): string | undefined {
  return tone === 'default' ? undefined : tone;
}

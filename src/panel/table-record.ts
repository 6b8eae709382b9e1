import { BaseRecord, type BaseResource, type CurrentAdmin, type RecordJSON } from 'adminjs';
import type { ViewedRow } from './table-reader.ts';

/** A row as AdminJS's record: its id is made of every key column, and its references carry only id and title. */
export class TableRecord extends BaseRecord {
  constructor(
    readonly row: ViewedRow,
    resource: BaseResource,
  ) {
    super({ ...row.params }, resource);
  }

  override id(): string {
    return this.row.id;
  }

  override title(): string {
    return this.row.title;
  }

  override toJSON(currentAdmin?: CurrentAdmin): RecordJSON {
    return {
      ...super.toJSON(currentAdmin),
      params: this.row.params,
      populated: this.row.populated as unknown as RecordJSON['populated'],
      title: this.row.title,
    };
  }
}

import { BaseRecord, type BaseResource, type CurrentAdmin, type RecordJSON } from 'adminjs';
import type { ViewedRow } from './table-reader.ts';

/** A row as AdminJS's record: its id is made of every key column, and its references carry only id and title. */
export class TableRecord extends BaseRecord {
  constructor(
    readonly row: ViewedRow,
    resource: BaseResource,
  ) {
    super({}, resource);
    // As they are: AdminJS would take the names of columns for paths.
    this.params = row.params;
  }

  override id(): string {
    return this.row.id;
  }

  override title(): string {
    return this.row.title;
  }

  override toJSON(currentAdmin?: CurrentAdmin): RecordJSON {
    const decorator = this.resource.decorate();
    const { params, populated, title } = this.row;
    return {
      id: this.row.id,
      title,
      params,
      populated: populated as unknown as RecordJSON['populated'],
      baseError: this.baseError,
      errors: this.errors,
      recordActions: decorator.recordActions(this, currentAdmin).map((action) => action.toJSON(currentAdmin)),
      bulkActions: decorator.bulkActions(this, currentAdmin).map((action) => action.toJSON(currentAdmin)),
    };
  }
}

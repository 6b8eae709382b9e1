import { Property } from '@adminjs/sql';
import type { Column, Table } from '../database/table.ts';

/**
 * A column as AdminJS's property. To AdminJS every column is plain text without reference or choices: what it makes of
 * other types is wrong in many ways, so our own components and parser do that work, told by `custom`.
 */
export class TableProperty extends Property {
  constructor(
    readonly column: Column,
    private readonly table: Table,
    position: number,
  ) {
    super({
      name: column.name,
      isId: table.key[0] === column.name,
      position,
      isNullable: column.nullable,
      isEditable: true,
      type: 'string',
      referencedTable: null,
      availableValues: null,
    } as unknown as ConstructorParameters<typeof Property>[0]);
  }

  // AdminJS wants one id property; which one is of no account, as records make their ids themselves.
  override isId(): boolean {
    return (this.table.key[0] ?? this.table.columns[0]?.name) === this.column.name;
  }

  override isEditable(): boolean {
    return !this.column.generated;
  }

  override isRequired(): boolean {
    return !this.column.nullable && !this.column.hasDefault;
  }
}

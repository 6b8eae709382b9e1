import { defineResource } from '../../../../src/resources/define.ts';

// A column of every kind, for everybody.
export default defineResource({
  table: 'specimens',
  title: 'name',
  can: { list: true, show: true, create: true, edit: true, delete: true },
});

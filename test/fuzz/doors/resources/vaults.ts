import { defineResource } from '../../../../src/resources/define.ts';

// Its titles must not be told by the lockers that refer to it.
export default defineResource({
  table: 'vaults',
  title: 'name',
  can: { list: ['admin'], show: ['admin'], create: ['admin'], edit: ['admin'], delete: ['admin'] },
});

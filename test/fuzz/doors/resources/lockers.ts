import { defineResource } from '../../../../src/resources/define.ts';

export default defineResource({
  table: 'lockers',
  title: 'label',
  can: { list: true, show: true, create: true, edit: true, delete: true },
  columns: {
    wage: { read: ['supervisor', 'admin'] },
    remark: { read: ['admin'] },
  },
});

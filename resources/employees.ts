import { defineResource } from '../src/resources/define.ts';

export default defineResource({
  table: 'employees',
  label: 'Employees',
  singular: 'employee',
  navigation: { group: 'People', position: 31 },
  icon: 'UserCheck',
  title: 'name',
  list: {
    columns: ['name', 'position', 'email', 'hired_on', 'active'],
    sort: { column: 'name', direction: 'asc' },
    filters: ['name', 'position', 'email', 'hired_on', 'active'],
  },
  show: ['name', 'email', 'position', 'hired_on', 'active'],
  form: ['name', 'email', 'position', 'hired_on', 'active'],
  can: { list: true, show: true, create: ['admin'], edit: ['supervisor', 'admin'], delete: ['admin'] },
  columns: {
    // The address ties a person to an account, so changing it would hand over their orders.
    email: {
      format: 'email',
      write: ['admin'],
      help: 'The panel account of the same address is this employee.',
    },
    hired_on: { label: 'Hired', read: ['supervisor', 'admin'] },
    active: {
      format: 'badge',
      labels: { true: 'Active', false: 'Left' },
      tones: { true: 'success', false: 'neutral' },
      help: 'Employees who left stay here for the orders they worked on.',
    },
  },
  constraints: {
    employees_email: 'Another employee already has this email address',
  },
});

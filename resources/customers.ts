import { defineResource } from '../src/resources/define.ts';

export default defineResource({
  table: 'customers',
  label: 'Customers',
  singular: 'customer',
  navigation: { group: 'People', position: 30 },
  icon: 'Users',
  title: 'name',
  list: {
    columns: ['name', 'species', 'planet', 'email', 'created_at'],
    sort: { column: 'name', direction: 'asc' },
    filters: ['name', 'species', 'planet', 'email', 'created_at'],
  },
  show: ['name', 'email', 'species', 'planet', 'address', 'created_at'],
  form: ['name', 'email', 'species', 'planet', 'address'],
  can: { list: true, show: true, create: true, edit: true, delete: ['supervisor', 'admin'] },
  columns: {
    name: { help: 'As the customer spells it, in letters humans can print.' },
    email: { format: 'email', help: 'Each customer has an address of their own.' },
    address: { format: 'longtext', help: 'Where parcels land: dome, level, docking bay.' },
    created_at: { label: 'Customer since' },
  },
  constraints: {
    customers_email: 'Another customer already has this email address',
  },
});

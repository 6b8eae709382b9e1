import { defineResource } from '../src/resources/define.ts';

export default defineResource({
  table: 'actors',
  label: 'Actors',
  singular: 'actor',
  navigation: { group: 'Catalogue', position: 21 },
  icon: 'Star',
  title: 'name',
  list: {
    columns: ['name', 'birth_year'],
    sort: { column: 'name', direction: 'asc' },
    filters: ['name', 'birth_year'],
  },
  show: ['name', 'birth_year'],
  form: ['name', 'birth_year'],
  can: { list: true, show: true, create: true, edit: true, delete: ['supervisor', 'admin'] },
  columns: {
    name: { help: 'As in the credits.' },
    birth_year: { label: 'Born in', help: 'Year of the common era; leave it empty where nobody knows.' },
  },
});

import { defineResource } from '../src/resources/define.ts';

export default defineResource({
  table: 'performances',
  label: 'Cast',
  singular: 'performance',
  navigation: { group: 'Catalogue', position: 22 },
  icon: 'Award',
  list: {
    columns: ['movie_id', 'actor_id', 'role'],
    sort: { column: 'movie_id', direction: 'asc' },
    filters: ['movie_id', 'actor_id', 'role'],
  },
  show: ['movie_id', 'actor_id', 'role'],
  form: ['movie_id', 'actor_id', 'role'],
  can: { list: true, show: true, create: true, edit: true, delete: ['supervisor', 'admin'] },
  columns: {
    movie_id: { label: 'Movie', help: 'Type a part of the title.' },
    actor_id: { label: 'Actor', help: 'Type a part of the name.' },
    role: { help: 'The character as in the credits. An actor of two characters has two rows.' },
  },
  constraints: {
    PRIMARY: 'This actor already has this role in this movie',
    performances_movie: 'There is no such movie',
    performances_actor: 'There is no such actor',
  },
});

import { defineResource } from '../src/resources/define.ts';
import { filmPage } from './order-book/film-page.ts';
import { stockActions } from './order-book/stock-actions.ts';
import { stockQueues } from './order-book/stock-queues.ts';

export default defineResource({
  table: 'movies',
  label: 'Movies',
  singular: 'movie',
  navigation: { group: 'Catalogue', position: 20 },
  icon: 'Film',
  title: 'title',
  list: {
    columns: [
      'title',
      'release_year',
      'genre',
      'rating',
      'runtime_minutes',
      'price',
      'available',
      'low_stock',
    ],
    sort: { column: 'title', direction: 'asc' },
    filters: [
      'title',
      'genre',
      'rating',
      'release_year',
      'runtime_minutes',
      'price',
      'low_stock',
      'created_at',
    ],
  },
  show: [
    'title',
    'release_year',
    'genre',
    'rating',
    'runtime_minutes',
    'price',
    'stock',
    'reserved',
    'available',
    'low_stock_threshold',
    'low_stock',
    'created_at',
  ],
  // Stock and what is reserved of it move by orders and stock movements, never by editing the number.
  form: ['title', 'release_year', 'genre', 'rating', 'runtime_minutes', 'price', 'low_stock_threshold'],
  can: {
    list: true,
    show: true,
    create: ['supervisor', 'admin'],
    edit: true,
    delete: ['supervisor', 'admin'],
  },
  columns: {
    title: { help: 'As on the poster, in the language of the humans who made it.' },
    release_year: { label: 'Year', help: 'Earth years of the common era, 1888 or later.' },
    rating: {
      format: 'badge',
      help: 'Whom humans allow to watch it.',
      labels: { NR: 'Not rated' },
      tones: { G: 'success', PG: 'info', 'PG-13': 'info', R: 'warning', 'NC-17': 'danger', NR: 'neutral' },
    },
    runtime_minutes: { label: 'Runtime (minutes)' },
    genre: { help: 'One word, such as Drama or Science fiction.' },
    price: {
      format: 'money',
      // Whoever sets a price could buy at it.
      write: ['supervisor', 'admin'],
      help: 'Of one copy. Orders already placed keep the price they were placed at.',
    },
    stock: { label: 'On the shelf', help: 'Copies that lie on the shelf, reserved ones included.' },
    reserved: { help: 'Copies that open orders hold.' },
    available: { help: 'On the shelf and not reserved: what can still be sold.' },
    low_stock_threshold: {
      label: 'Low stock at',
      help: 'The movie counts as low when no more copies than this are available.',
    },
    low_stock: {
      label: 'Stock level',
      format: 'badge',
      labels: { true: 'Low', false: 'Enough' },
      tones: { true: 'warning', false: 'none' },
    },
    created_at: { label: 'Added' },
  },
  constraints: {
    movies_title_year: 'There is already a movie of this title and year',
    movies_year_plausible: 'The year must lie between 1888 and 2200',
    movies_runtime_positive: 'The runtime must be at least one minute',
    movies_price_not_negative: 'The price must not be below zero',
    movies_reserved_not_negative: 'No less than nothing can be reserved',
    movies_available_not_negative: 'There are not that many copies on the shelf',
  },
  recordActions: stockActions,
  recordPage: filmPage,
  queues: stockQueues,
});

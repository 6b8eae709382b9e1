import * as featherIcons from 'react-feather';
import type { Table } from '../database/table.ts';
import { humanizeSingular } from './humanize.ts';

/** Every icon the panel can draw, by the name AdminJS knows it under. */
export const ICON_NAMES: readonly string[] = Object.keys(featherIcons)
  .filter((name) => /^[A-Z]/.test(name))
  .sort();

// By the last word of a table's name, in the singular.
const ICONS_BY_NOUN: Readonly<Record<string, string>> = {
  account: 'User',
  activity: 'Activity',
  address: 'MapPin',
  agent: 'User',
  article: 'FileText',
  author: 'Feather',
  book: 'BookOpen',
  booking: 'Calendar',
  brand: 'Award',
  cart: 'ShoppingCart',
  category: 'Tag',
  city: 'MapPin',
  client: 'Users',
  comment: 'MessageSquare',
  company: 'Briefcase',
  country: 'Globe',
  customer: 'Users',
  department: 'Briefcase',
  document: 'FileText',
  email: 'Mail',
  employee: 'User',
  event: 'Calendar',
  file: 'File',
  film: 'Film',
  image: 'Image',
  invoice: 'FileText',
  item: 'List',
  language: 'Globe',
  line: 'List',
  location: 'MapPin',
  log: 'Activity',
  message: 'MessageSquare',
  movie: 'Film',
  movement: 'Repeat',
  note: 'Edit3',
  order: 'ShoppingCart',
  payment: 'CreditCard',
  permission: 'Shield',
  person: 'Users',
  photo: 'Image',
  post: 'FileText',
  product: 'Package',
  project: 'Folder',
  report: 'BarChart2',
  review: 'Star',
  role: 'Shield',
  setting: 'Settings',
  shipment: 'Truck',
  song: 'Music',
  stock: 'Archive',
  supplier: 'Truck',
  tag: 'Tag',
  task: 'CheckSquare',
  team: 'Users',
  ticket: 'Tag',
  transaction: 'CreditCard',
  user: 'Users',
  video: 'Video',
};

/** An icon by what the table's name says it holds; 'Database' where it says nothing known, 'Eye' for a view. */
export function guessIcon(table: Table): string {
  const noun = humanizeSingular(table.name).split(' ').at(-1) ?? '';
  return Object.hasOwn(ICONS_BY_NOUN, noun)
    ? String(ICONS_BY_NOUN[noun])
    : table.kind === 'view'
      ? 'Eye'
      : 'Database';
}

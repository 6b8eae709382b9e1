import { decodeTable, encodeTable } from '../table-address.ts';

/** What a path below `/admin` or `/admin/api` is about. */
export interface PanelPath {
  readonly table: string;
  readonly actionType: 'resource' | 'bulk' | 'record' | null;
  readonly recordId: string | null;
  readonly action: string | null;
}

const PATH = /^(?:\/api)?\/resources\/([^/]+)(?:\/(actions|bulk|records\/([^/]+))(?:\/([^/]+))?)?/i;

/** `/api/resources/orders/records/42/ship` → its parts; null where the path is about no table. */
export function decodePanelPath(path: string): PanelPath | null {
  const [, table, place, recordId, action] = PATH.exec(path) ?? [];
  if (!table) return null;
  return {
    table: decodeTable(decodeURIComponent(table)),
    actionType: place ? (recordId ? 'record' : place.toLowerCase() === 'bulk' ? 'bulk' : 'resource') : null,
    recordId: recordId ? decodeURIComponent(recordId) : null,
    action: action ?? null,
  };
}

/** The path with its table written as AdminJS knows it, where it names one in another way (`/resources/a.b`); else null. */
export function respellPanelPath(path: string): string | null {
  const [, before = '', table = ''] = /^((?:\/api)?\/resources\/)([^/]+)/i.exec(path) ?? [];
  const spelt = encodeURIComponent(encodeTable(decodeTable(decodeURIComponent(table))));
  const isSame = encodeURIComponent(decodeURIComponent(table)) === spelt;
  return table === '' || isSame ? null : before + spelt + path.slice(before.length + table.length);
}
